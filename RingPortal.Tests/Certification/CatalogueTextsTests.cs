using RingPortal.Web.Features.Certification;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Certification;

public sealed class CatalogueTextsTests
{
    [Fact]
    public void Every_Item_Says_What_Ring_Wants_And_How_To_Mend_It()
    {
        var keys = Texts.Keys.ToHashSet();
        var missing = CertificationCatalogue.Items.SelectMany(item => new[] { item.TitleKey, item.WantsKey, item.FixKey }).Where(key => !keys.Contains(key));

        Assert.Equal(75, CertificationCatalogue.Items.Count);
        Assert.Equal(CertificationCatalogue.Items.Count, CertificationCatalogue.Items.Select(item => item.Id).Distinct().Count());
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_Group_Has_Items() =>
        Assert.All(Enum.GetValues<CertificationGroup>(), group => Assert.Contains(CertificationCatalogue.Items, item => item.Group == group));
}
