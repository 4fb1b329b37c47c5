using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;
using RingPortal.Web.Hosting;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Tests.Hosting.StartUp;

public sealed class StartUpGuardTests
{
    [Fact]
    public async Task A_Portal_That_Ran_To_Its_End_Answers_Zero()
    {
        using var errors = new StringWriter();

        Assert.Equal(0, await StartUpGuard.RunAsync(() => Task.CompletedTask, errors));
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public async Task Every_Wrong_Setting_Gets_A_Line_Of_Its_Own()
    {
        var first = new OptionsValidationException("", typeof(PortalOptions), ["Portal__AppName must have 2 to 24 characters.", "Portal__PublicUrl is missing."]);
        var second = new OptionsValidationException("", typeof(NetworkOptions), ["Network__KnownProxies: \"x\" is no address."]);

        var said = await FailAsync(new AggregateException(first, second));

        Assert.Equal(
            ["RingPortal could not start.", "  Portal__AppName must have 2 to 24 characters.", "  Portal__PublicUrl is missing.", "  Network__KnownProxies: \"x\" is no address."],
            said);
    }

    [Fact]
    public async Task A_Taken_Port_Is_Named_With_The_Setting_That_Changes_It()
    {
        var said = await FailAsync(new IOException("Failed to bind to address http://127.0.0.1:5180: address already in use.", new AddressInUseException("in use")));

        Assert.Equal(2, said.Length);
        Assert.Contains("http://127.0.0.1:5180 ", said[1], StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Database_That_Cannot_Be_Reached_Is_Named_With_Its_Setting()
    {
        var said = await FailAsync(new NpgsqlException("Failed to connect to 127.0.0.1:1\nmore"));

        Assert.Equal("  PostgreSQL cannot be reached (Failed to connect to 127.0.0.1:1). Is it running? Check ConnectionStrings__Portal and ConnectionStrings__Migrator.", said[1]);
    }

    [Fact]
    public async Task A_Surprise_Passes_Through_Whole()
    {
        using var errors = new StringWriter();
        var mixed = new AggregateException(new StartUpException("Known."), new InvalidOperationException("Unknown."));

        await Assert.ThrowsAsync<InvalidOperationException>(() => StartUpGuard.RunAsync(() => throw new InvalidOperationException("Unknown."), errors));
        await Assert.ThrowsAsync<AggregateException>(() => StartUpGuard.RunAsync(() => throw mixed, errors));
        Assert.Equal("", errors.ToString());
    }

    private static async Task<string[]> FailAsync(Exception exception)
    {
        await using var errors = new StringWriter();

        Assert.Equal(StartUpGuard.FailureExitCode, await StartUpGuard.RunAsync(() => throw exception, errors));
        return errors.ToString().TrimEnd().Split('\n');
    }
}
