using RingPortal.Web.Features.Teardown.Steps;

namespace RingPortal.Tests.Teardown;

public sealed class AmountTests
{
    [Theory]
    [InlineData(0, "0 cameras")]
    [InlineData(1, "1 camera")]
    [InlineData(1234, "1234 cameras")]
    public void A_Number_Stands_With_Its_Noun(int count, string words) => Assert.Equal(words, Amount.Of(count, "camera"));
}
