using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account;
using RingPortal.Web.Account.Passwords;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LockoutTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task Of_A_Hundred_Parallel_Guesses_At_Most_Seven_Are_Evaluated()
    {
        var email = await PersonAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => InScopeAsync(
            services => services.GetRequiredService<PasswordAttempts>().TakeAsync(email.ToUpperInvariant(), CancellationToken.None))));

        Assert.InRange(taken.Count(id => id is not null), 1, 7);
    }

    [Fact]
    public async Task A_Right_Password_Among_A_Hundred_Guesses_From_Everywhere_Comes_Too_Late()
    {
        var email = await PersonAsync();
        // As many at once as an instance has connections; more would only wait for one.
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 100), new ParallelOptions { MaxDegreeOfParallelism = 10 },
            async (number, _) => await TryAsync(email, $"guess number {number}", number));

        var outcome = await TryAsync(email, Visitor.Password, 200);

        Assert.IsType<SignInOutcome.Wrong>(outcome);
    }

    private Task<SignInOutcome> TryAsync(string email, string password, int from) => InScopeAsync(services =>
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Connection.RemoteIpAddress = new IPAddress([10, 0, 1, (byte)from]);
        return services.GetRequiredService<SignIns>().PasswordAsync(http, email, password, CancellationToken.None);
    });

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private async Task<string> PersonAsync()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        return email;
    }
}
