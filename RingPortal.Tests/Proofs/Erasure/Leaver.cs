using RingPortal.Tests.Linking;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Erasure;

/// <summary>Somebody with an account and cameras, whose names nobody else has.</summary>
internal sealed record Leaver(Household Household, string Person, string Camera)
{
    public string Email => ProofLinking.EmailOf(Household);

    /// <summary>What a portal has to know of them.</summary>
    public IReadOnlyList<string> Known => [Email, Email.ToUpperInvariant(), Camera, Household.AccountId, .. Household.DeviceIds];

    /// <summary>What must not be found anywhere afterwards: all that, and what it only saw at Ring.</summary>
    public IReadOnlyList<string> Canaries => [.. Known, $"{Household.Key}@example.com", Person];

    public static Leaver Of(Household household)
    {
        var tail = Guid.NewGuid().ToString("N")[..8];
        return new Leaver(household, $"Ylva{tail}", $"Küche Zoë {tail}");
    }

    /// <summary>A browser in which the person is signed in at an instance.</summary>
    public async Task<Visitor> SignInAsync(Uri portal)
    {
        var visitor = new Visitor(ProxiedBrowser.Open(portal));
        var answer = await TryAsync(visitor);
        Assert.Equal("/devices", answer.Location is { } place ? new Uri(portal, place).AbsolutePath : answer.Text);
        return visitor;
    }

    /// <summary>Whether the password still opens the account.</summary>
    public async Task<bool> MaySignInAsync(Uri portal)
    {
        using var visitor = new Visitor(ProxiedBrowser.Open(portal));
        return (await TryAsync(visitor)).Location is not null;
    }

    /// <summary>Deletes the account the way people do.</summary>
    public async Task DeleteAsync(Uri portal)
    {
        using var visitor = await SignInAsync(portal);
        var done = await visitor.SubmitAsync(await visitor.OpenAsync("/Account/Delete"), "/Account/Delete", ("email", Email));
        Assert.Equal("/Account/Deleted", done.Location);
    }

    private async Task<Page> TryAsync(Visitor visitor)
    {
        var page = await visitor.OpenAsync("/Account/Login");
        var values = page.Document.QuerySelectorAll("form[method=post] input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        (values["email"], values["password"]) = (Email, Visitor.Password);
        return await visitor.PostAsync("/Account/Login", values);
    }
}
