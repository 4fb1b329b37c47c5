using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RingPortal.Tests.Look;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Devices.Feed;

public sealed class LivePageTests : LookContext
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    public LivePageTests()
    {
        Services.AddSingleton(new DeviceFeed(NullLogger<DeviceFeed>.Instance));
        Renderer.SetRendererInfo(new RendererInfo("Server", true));
    }

    [Fact]
    public async Task News_Is_Looked_For_Only_When_The_First_Reading_Is_Done()
    {
        var page = Open();
        await page.Instance.Begun.Task.WaitAsync(s_limit);
        Assert.False(page.Instance.LookedForNews.Task.IsCompleted);

        page.Instance.Done.SetResult();

        Assert.True(await page.Instance.LookedForNews.Task.WaitAsync(s_limit), "looked for news while there was nothing to show");
    }

    [Fact]
    public async Task Of_Readings_Asked_For_While_One_Runs_One_Follows_And_Everybody_Waits_For_It()
    {
        var page = Open();
        await page.Instance.Begun.Task.WaitAsync(s_limit);
        var asked = await page.InvokeAsync(() => Task.FromResult(new[] { page.Instance.AskAsync(), page.Instance.AskAsync(), page.Instance.AskAsync() }));
        Assert.All(asked, asking => Assert.False(asking.IsCompleted));

        page.Instance.Done.SetResult();
        await Task.WhenAll(asked).WaitAsync(s_limit);

        Assert.Equal(2, page.Instance.Readings);
    }

    private IRenderedComponent<SlowPage> Open()
    {
        var reader = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString())], "test"));
        return Render<SlowPage>(page => page.AddCascadingValue(Task.FromResult(new AuthenticationState(reader))));
    }

    private sealed class SlowPage : LivePage
    {
        private bool _isLoaded;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> LookedForNews { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Readings { get; private set; }

        protected override bool IsLoaded => _isLoaded;

        protected override string? TimeZone => null;

        public Task AskAsync() => ReadAsync();

        protected override async Task LoadAsync(CancellationToken cancellationToken)
        {
            Readings++;
            Begun.TrySetResult();
            await Done.Task.WaitAsync(cancellationToken);
            _isLoaded = true;
        }

        protected override Task<bool> CatchUpAsync(bool first, CancellationToken cancellationToken)
        {
            LookedForNews.TrySetResult(_isLoaded);
            return Task.FromResult(false);
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _isLoaded ? "loaded" : "nothing yet");
    }
}
