using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Erasure;

namespace RingPortal.Tests.Erasure;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class StaffDepartureTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private PortalHost _portal = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _portal = PortalHost.Compose(_database, settings: new Dictionary<string, string?> { ["Admin:Email"] = "first@example.org", ["Admin:Password"] = "a rather long word for staff" });
        await _database.ExecuteAsync($"INSERT INTO roles (id, name, normalized_name) SELECT gen_random_uuid(), name, upper(name) FROM unnest(ARRAY['{PortalRoles.Admin}', '{PortalRoles.Support}']) AS name");
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_Last_Administrator_Stays_And_Is_Told_Why()
    {
        var (ada, support) = (await AddAsync("ada@example.org", PortalRoles.Admin), await AddAsync("sue@example.org", PortalRoles.Support));

        Assert.Equal(new ErasureAnswer.Needed("acc.erase.last"), await LeaveAsync(ada));
        Assert.IsType<ErasureAnswer.Begun>(await LeaveAsync(support));
        Assert.True(await IsThereAsync(ada));
    }

    [Fact]
    public async Task Of_Two_Administrators_Who_Leave_At_Once_One_Stays()
    {
        var people = new[] { await AddAsync("ada@example.org", PortalRoles.Admin), await AddAsync("bob@example.org", PortalRoles.Admin) };

        var answers = await Task.WhenAll(people.Select(person => Task.Run(() => LeaveAsync(person))));

        Assert.Single(answers, answer => answer is ErasureAnswer.Begun);
        Assert.Single(answers, answer => answer is ErasureAnswer.Needed);
        Assert.Equal(1, await _database.ScalarAsync<long>("SELECT count(*) FROM user_roles"));
    }

    [Fact]
    public async Task Whom_The_Settings_Name_Would_Be_Made_Again_And_Therefore_Stays()
    {
        var first = await AddAsync("First@Example.org", PortalRoles.Admin);
        await AddAsync("ada@example.org", PortalRoles.Admin);

        Assert.Equal(new ErasureAnswer.Needed("acc.erase.named"), await LeaveAsync(first));
        Assert.True(await IsThereAsync(first));
    }

    private async Task<PortalUser> AddAsync(string email, string role)
    {
        var user = new PortalUser { UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), CreatedAt = DateTimeOffset.UtcNow };
        await using var context = _database.CreateContext();
        context.Users.Add(user);
        await context.SaveChangesAsync();
        await _database.ExecuteAsync($"INSERT INTO user_roles (user_id, role_id) SELECT '{user.Id}', id FROM roles WHERE name = '{role}'");
        return user;
    }

    private async Task<ErasureAnswer> LeaveAsync(PortalUser user)
    {
        await using var scope = _portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ErasureRequests>().BeginAsync(user.Id, user.Email!, CancellationToken.None);
    }

    private async Task<bool> IsThereAsync(PortalUser user)
    {
        await using var context = _database.CreateContext();
        return await context.Users.AnyAsync(row => row.Id == user.Id && row.Email == user.Email && row.PasswordHash == user.PasswordHash);
    }
}
