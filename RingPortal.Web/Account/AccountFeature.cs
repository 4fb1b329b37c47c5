using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Web.Account.KeyRing;
using RingPortal.Web.Account.Passwords;
using RingPortal.Web.Account.Reset;
using RingPortal.Web.Account.SecondStep;
using RingPortal.Web.Account.Sessions;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Components;

namespace RingPortal.Web.Account;

/// <summary>Accounts: sign-up, sign-in, sessions, staff, the key ring of cookies.</summary>
public static class AccountFeature
{
    private const int HashIterations = 210_000;

    /// <summary>Registers accounts. Needs <see cref="RingPortalContext"/>, the texts and the notifications feature.</summary>
    public static IServiceCollection AddAccount(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddKeyRing(configuration).AddSessions().AddStaff(configuration);
        services.AddIdentityCore<PortalUser>(Configure)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<RingPortalContext>()
            .AddSignInManager<PortalSignIn>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<ResetTokens>(ResetTokens.Provider)
            .AddPasswordValidator<PasswordRules>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = SessionCheck.Interval);
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = ConfirmationMail.Lifetime);
        services.AddSingleton<PasswordVerifier>().AddSingleton<SignInLimits>().AddSingleton<KnownEmail>().AddSingleton<SignInRecords>();
        services.AddScoped<PasswordAttempts>().AddScoped<AccountOpening>().AddScoped<SignIns>();
        services.AddSingleton<SecondStepCookie>().AddScoped<SecondSteps>().AddScoped<SecondFactors>().AddScoped<SecondFactorCheck>();
        services.AddScoped<AuthenticatorKeys>().AddScoped<RecoveryCodes>().AddScoped<SessionStart>();
        services.AddScoped<ConfirmationMail>().AddScoped<EmailConfirmation>().AddScoped<AccountQueries>().AddScoped<Profile>();
        services.AddScoped<ResetMail>().AddScoped<PasswordReset>();
        services.AddScoped<IBannerSource, VerifyBanner>();
        services.AddHostedService<AccountStart>();
        return services;
    }

    /// <summary>Maps the acts of the account; its pages are Razor components and map themselves.</summary>
    public static IEndpointRouteBuilder MapAccount(this IEndpointRouteBuilder routes)
    {
        AccountEndpoints.Map(routes);
        return routes;
    }

    /// <summary>
    /// Makes what must exist before the first request: the first key of the ring, the roles, the first administrator.
    /// After migrations; safe on several instances at once.
    /// </summary>
    public static async Task PrepareAccountAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<PasswordVerifier>().Prepare();
        await using (var scope = services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<KeyRingStart>().EnsureAsync(cancellationToken);
        }

        await using var staff = services.CreateAsyncScope();
        await staff.ServiceProvider.GetRequiredService<AdminSeeder>().SeedAsync(cancellationToken);
    }

    private static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        options.Tokens.PasswordResetTokenProvider = ResetTokens.Provider;
        // The user name is the e-mail, whose own shape is checked when an account is opened.
        options.User.AllowedUserNameCharacters = "";
        options.Lockout.MaxFailedAccessAttempts = PasswordAttempts.Limit;
        options.Lockout.DefaultLockoutTimeSpan = PasswordAttempts.Lockout;
        options.Password.RequiredLength = PasswordRules.Shortest;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 1;
    }

    private static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        var schemes = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        schemes.AddApplicationCookie();
        // Unused: each sign-in asks for the second factor. But Identity signs out of it whenever it ends a session by itself.
        schemes.AddTwoFactorRememberMeCookie();
        services.AddAntiforgery();
        // After the framework's own settings, which replace all events.
        services.AddSingleton<PortalCookies>().AddSingleton<SessionCookie>();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(provider => provider.GetRequiredService<SessionCookie>());
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>>(provider => provider.GetRequiredService<SessionCookie>());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionWatch>();
        return services;
    }

    private static IServiceCollection AddStaff(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AdminOptions>().Bind(configuration.GetSection(AdminOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>());
        services.AddScoped<AdminSeeder>().AddScoped<StaffActs>();
        services.AddStaffPolicies();
        return services;
    }
}
