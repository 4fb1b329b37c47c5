using System.Collections;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Events.History;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Features.Media.Album;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Rights;

/// <summary>
/// What pages in a circuit ask has no address of its own: each question that names a person and something of theirs is asked
/// here by its owner and by somebody else.
/// </summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RightsQueriesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimelineFilter s_all = TimelineFilter.All;

    /// <summary>By type and method; the answer to somebody else is nothing.</summary>
    private static readonly Dictionary<string, Func<IServiceProvider, Guid, IReadOnlyDictionary<Belonging, Guid>, Task<object?>>> s_questions = new()
    {
        ["DeviceQueries.CameraAsync"] = async (services, user, things) => await services.GetRequiredService<DeviceQueries>().CameraAsync(user, things[Belonging.Camera], default),
        ["EventQueries.EventAsync"] = async (services, user, things) => await services.GetRequiredService<EventQueries>().EventAsync(user, things[Belonging.Event], default),
        ["EventQueries.TimelineAsync"] = async (services, user, things) => (await services.GetRequiredService<EventQueries>().TimelineAsync(user, s_all.With(things[Belonging.Camera], true), default)).Entries,
        ["EventQueries.AgainAsync"] = async (services, user, things) => (await services.GetRequiredService<EventQueries>().AgainAsync(user, s_all.With(things[Belonging.Camera], true), null, default)).View.Entries,
        ["EventQueries.CountAsync"] = async (services, user, things) => await services.GetRequiredService<EventQueries>().CountAsync(user, s_all.With(things[Belonging.Camera], true), default),
        ["HistoryCameras.OfPersonAsync"] = async (services, user, things) => await services.GetRequiredService<HistoryCameras>().OfPersonAsync(user, [things[Belonging.Camera]], default),
        ["HistoryRefresh.RefreshAsync"] = async (services, user, things) =>
            await services.GetRequiredService<HistoryRefresh>().RefreshAsync(user, new HistoryWish([things[Belonging.Camera]], TimeSpan.Zero, null), RingPriority.Interactive, default),
        ["MediaQueries.CameraAsync"] = async (services, user, things) => await services.GetRequiredService<MediaQueries>().CameraAsync(user, things[Belonging.Camera], default),
        ["MediaQueries.EventAsync"] = async (services, user, things) => await services.GetRequiredService<MediaQueries>().EventAsync(user, things[Belonging.Event], default),
        ["AlbumQueries.AlbumAsync"] = async (services, user, things) => await services.GetRequiredService<AlbumQueries>().AlbumAsync(user, things[Belonging.Camera], null, default),
        ["AlbumQueries.ScheduleAsync"] = async (services, user, things) => await services.GetRequiredService<AlbumQueries>().ScheduleAsync(user, things[Belonging.Camera], default),
        ["AlbumSchedules.SaveAsync"] = async (services, user, things) =>
            await services.GetRequiredService<AlbumSchedules>().SaveAsync(user, things[Belonging.Camera], new AlbumChoice(new TimeOnly(8, 0), 4, "Europe/Berlin", 10), default),
        ["RingAccountQueries.OneAsync"] = async (services, user, things) => await services.GetRequiredService<RingAccountQueries>().OneAsync(things[Belonging.Connection], user, default),
        ["LiveRecords.BeatAsync"] = async (services, user, things) => await services.GetRequiredService<LiveRecords>().BeatAsync(things[Belonging.LiveView], user, false, default),
        ["LiveStop.StopAsync"] = async (services, user, things) => await services.GetRequiredService<LiveStop>().StopAsync(things[Belonging.LiveView], user, "test", default),
        ["LiveRecords.StoppedByItselfAsync"] = (services, user, things) => Done(services.GetRequiredService<LiveRecords>().StoppedByItselfAsync(things[Belonging.LiveView], user, default)),
        // Last: it deletes.
        ["AlbumSchedules.TurnOffAsync"] = (services, user, things) => Done(services.GetRequiredService<AlbumSchedules>().TurnOffAsync(user, things[Belonging.Camera], default)),
        ["AlbumSchedules.DeleteAsync"] = async (services, user, things) => await services.GetRequiredService<AlbumSchedules>().DeleteAsync(user, things[Belonging.Picture], default),
    };

    /// <summary>To end what one began, or to throw away what one has, is no question of what is still shared.</summary>
    private static readonly HashSet<string> s_ownPast = ["LiveRecords.BeatAsync", "LiveStop.StopAsync", "AlbumSchedules.DeleteAsync"];

    /// <summary>They answer nobody.</summary>
    private static readonly HashSet<string> s_silent = ["LiveRecords.StoppedByItselfAsync", "AlbumSchedules.TurnOffAsync"];

    [Fact]
    public void Every_Question_About_Something_Of_A_Person_Is_Asked_Here()
    {
        string[] suffixes = ["Queries", "Schedules", "Records", "Stop", "Refresh", "Cameras"];
        var questions = Product.Types.Where(type => suffixes.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal)))
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.GetParameters() is var parameters && parameters.Any(parameter => parameter.Name == "userId")
                && parameters.Any(parameter => parameter.Name != "userId" && (parameter.ParameterType == typeof(Guid) || parameter.ParameterType == typeof(TimelineFilter) || parameter.ParameterType == typeof(HistoryWish) || typeof(IEnumerable<Guid>).IsAssignableFrom(parameter.ParameterType))))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct().ToList();

        Assert.True(questions.Count >= 10, $"Only {questions.Count} questions were found.");
        Findings.None(questions.Where(question => !s_questions.ContainsKey(question)));
    }

    [Fact]
    public async Task Somebody_Else_And_A_Former_Owner_Are_Told_Nothing()
    {
        await using var portal = PortalHost.Compose(database, settings: new Dictionary<string, string?> { ["Vault:Keys:0"] = RingServices.VaultKey }, configure: builder => builder.Services.AddSingleton(RingServices.Quick));
        var (owner, belongings) = await PersonAsync(portal);
        var (stranger, _) = await PersonAsync(portal);
        var findings = new List<string>();
        foreach (var (question, askAsync) in s_questions)
        {
            await using var scope = portal.Services.CreateAsyncScope();
            if (!IsNothing(await askAsync(scope.ServiceProvider, stranger, belongings.Living)))
            {
                findings.Add($"{question} answers a stranger");
            }

            var removed = await askAsync(scope.ServiceProvider, owner, belongings.Removed);
            if (!IsNothing(removed) && !s_ownPast.Contains(question))
            {
                findings.Add($"{question} answers about what is gone: {removed}");
            }

            if (IsNothing(await askAsync(scope.ServiceProvider, owner, belongings.Living)) && !s_silent.Contains(question))
            {
                findings.Add($"{question} does not answer its owner");
            }
        }

        Findings.None(findings);
    }

    private static bool IsNothing(object? answer) => answer is null or false or 0 || answer is ICollection { Count: 0 };

    private static async Task<object?> Done(Task task)
    {
        await task;
        return null;
    }

    private static async Task<(Guid User, RightsBelongings Belongings)> PersonAsync(PortalHost portal)
    {
        var email = $"anna.{Guid.NewGuid():N}@example.org";
        await using var scope = portal.Services.CreateAsyncScope();
        Assert.IsType<SignUpOutcome.Created>(await scope.ServiceProvider.GetRequiredService<AccountOpening>().OpenAsync(email, Account.Visitor.Password, "Europe/Berlin", CancellationToken.None));
        var belongings = await RightsBelongings.MakeAsync(scope.ServiceProvider, email);
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        return (context.Users.Single(user => user.Email == email).Id, belongings);
    }
}
