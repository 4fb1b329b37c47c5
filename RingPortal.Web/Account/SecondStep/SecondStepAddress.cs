namespace RingPortal.Web.Account.SecondStep;

/// <summary>The page that asks for the second factor at sign-in.</summary>
internal static class SecondStepAddress
{
    public const string Path = "/Account/SignInWith2fa";

    /// <summary>That page, leading on to an address of the portal.</summary>
    public static string For(string? returnUrl) => returnUrl is null ? Path : $"{Path}?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
