using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using RingPortal.Data;

namespace RingPortal.Web.Account.KeyRing;

internal static class KeyRingRegistration
{
    private const string ApplicationName = "RingPortal";

    public static IServiceCollection AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(KeyRingOptions.Section);
        services.AddOptions<KeyRingOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyRingOptions>, KeyRingOptionsValidator>();
        services.AddScoped<KeyRingStart>();
        var builder = services.AddDataProtection().SetApplicationName(ApplicationName).PersistKeysToDbContext<RingPortalContext>();
        Protect(builder, section.Get<KeyRingOptions>() ?? new KeyRingOptions());
        return services;
    }

    // A file that cannot be used is not an error here: the validator stops the start and says all that is wrong at once.
    private static void Protect(IDataProtectionBuilder builder, KeyRingOptions options)
    {
        if (Load(options.CertificatePath, options.CertificatePassword) is { } current)
        {
            builder.ProtectKeysWithCertificate(current);
        }

        if (Load(options.PreviousCertificatePath, options.CertificatePassword) is { } previous)
        {
            builder.UnprotectKeysWithAnyCertificate(previous);
        }
    }

    private static System.Security.Cryptography.X509Certificates.X509Certificate2? Load(string? path, string? password) =>
        string.IsNullOrEmpty(path) ? null : KeyRingCertificate.Load(path, password).Certificate;
}
