namespace RingPortal.Web.Account.Staff;

/// <summary>Section <c>Admin</c>: the first administrator, created once if absent.</summary>
public sealed class AdminOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Admin";

    /// <summary>E-mail of the first administrator; nobody is created without it.</summary>
    public string? Email { get; set; }

    /// <summary>Password of the first administrator; later changes of this setting change nothing.</summary>
    public string? Password { get; set; }
}
