using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Section <c>Notifications</c>: what people may be told by e-mail.</summary>
public sealed class NotificationOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Notifications";

    /// <summary><c>true</c> offers messages about cameras that go offline. As text, so that a wrong value is told like any other.</summary>
    public string OfflineMails { get; set; } = "false";

    /// <summary>Whether messages about cameras that go offline are offered and written.</summary>
    public bool AllowsOfflineMails => bool.TryParse(OfflineMails, out var allowed) && allowed;
}

internal sealed class NotificationOptionsValidator : IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationOptions options) => bool.TryParse(options.OfflineMails, out _)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("Notifications__OfflineMails must be true or false.");
}
