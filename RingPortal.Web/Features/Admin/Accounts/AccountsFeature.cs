namespace RingPortal.Web.Features.Admin.Accounts;

/// <summary>The operator's desk for the people who use the portal (look 4.18).</summary>
internal static class AccountsFeature
{
    public static IServiceCollection AddAccountDesk(this IServiceCollection services) =>
        services.AddScoped<AccountSearch>().AddScoped<AccountDeskQueries>().AddScoped<AccountDesk>();
}
