using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Checks;
using RingPortal.Web.Features.Certification.Listing;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Certification.Review;
using RingPortal.Web.Features.Certification.Runs;

namespace RingPortal.Web.Features.Certification;

/// <summary>What Ring's certification asks for: a list, checks that look for real, and a watch over the review.</summary>
internal static class CertificationFeature
{
    public static IServiceCollection AddCertification(this IServiceCollection services)
    {
        services.AddOptions<ListingOptions>().BindConfiguration(ListingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ListingOptions>, ListingOptionsValidator>();
        services.AddSingleton<ProbeMark>().AddSingleton<OutsideCaller>().AddSingleton<ProbeRows>();
        services.TryAddSingleton(new ProbeTrust(Policy: null));
        services.TryAddSingleton(AxeFile.OfThisBuild);
        services.AddSingleton<ListingSheet>().AddSingleton<RegisteredSettings>().AddSingleton<ReviewerNotes>();
        services.AddScoped<CertificationEntries>().AddScoped<CertificationQueries>().AddScoped<CertificationRuns>().AddScoped<RunCertificationJob>();
        services.AddScoped<ReviewQueries>().AddScoped<ReviewAccounts>().AddScoped<CertificationActs>().AddScoped<WatchReviewJob>();
        return services.AddChecks();
    }

    private static IServiceCollection AddChecks(this IServiceCollection services)
    {
        services.AddScoped<WebhookProbing>().AddScoped<LinkRecords>();
        foreach (var address in RegisteredAddress.All)
        {
            services.AddScoped<ICertificationCheck>(provider => ActivatorUtilities.CreateInstance<RegisteredAddressCheck>(provider, address));
        }

        return services
            .AddScoped<ICertificationCheck, ListingNameCheck>().AddScoped<ICertificationCheck, ListingSheetCheck>()
            .AddScoped<ICertificationCheck, ScopesCheck>().AddScoped<ICertificationCheck, LogoCheck>()
            .AddScoped<ICertificationCheck, ConfigCheck>().AddScoped<ICertificationCheck, LinkPageCheck>()
            .AddScoped<ICertificationCheck, TlsCheck>().AddScoped<ICertificationCheck, ProductionCheck>()
            .AddScoped<ICertificationCheck, TokenAddressCheck>().AddScoped<ICertificationCheck, LinkedOnceCheck>()
            .AddScoped<ICertificationCheck, WebhookAcceptsCheck>().AddScoped<ICertificationCheck, WebhookTimeCheck>()
            .AddScoped<ICertificationCheck, WebhookDuplicateCheck>().AddScoped<ICertificationCheck, WebhookSignatureCheck>()
            .AddScoped<ICertificationCheck, KeyDoctorCheck>().AddScoped<ICertificationCheck, NotesCheck>()
            .AddScoped<ICertificationCheck, UpCheck>().AddScoped<ICertificationCheck, FrozenCheck>()
            .AddScoped<ICertificationCheck, ContactCheck>().AddScoped<ICertificationCheck, ResponsiveCheck>()
            .AddScoped<ICertificationCheck, SignInFirstCheck>().AddScoped<ICertificationCheck, NonceCheck>()
            .AddScoped<ICertificationCheck, ClockCheck>().AddScoped<ICertificationCheck, PoolCheck>()
            .AddScoped<ICertificationCheck, ConfirmedCheck>().AddScoped<ICertificationCheck, TokensCheck>()
            .AddScoped<ICertificationCheck, AxeCheck>().AddScoped<ICertificationCheck, PublicPagesCheck>();
    }
}
