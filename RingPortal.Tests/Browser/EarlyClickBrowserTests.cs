using Microsoft.Playwright;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>Who is faster than the circuit of a page still gets where he wanted to go.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class EarlyClickBrowserTests(BrowserFixture browser, Street street) : IClassFixture<Street>
{
    [Fact]
    public async Task A_Link_That_Is_Followed_While_The_Circuit_Is_Being_Made_Leads_Where_It_Says()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door", "Garage");
        await using var context = await browser.NewContextAsync();
        var asked = new TaskCompletionSource();
        var followed = new TaskCompletionSource();
        var first = true;
        await context.RouteWebSocketAsync("**/_blazor**", socket =>
        {
            var portal = socket.ConnectToServer();
            if (!first)
            {
                return;
            }

            first = false;
            var handshake = true;
            portal.OnMessage(async frame =>
            {
                // The circuit was asked for, with the address of then; what it answers is late.
                if (!handshake)
                {
                    asked.TrySetResult();
                    await followed.Task;
                }

                handshake = false;
                Send(socket, frame);
            });
        });

        var page = await house.OpenAsync(context, street.First, "/devices");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30 * Eventually.Patience));
        await page.GetByRole(AriaRole.Link, new() { Name = "Watch all" }).ClickAsync();
        await page.WaitForURLAsync("**/devices?view=wall");
        await Assertions.Expect(page.Locator("[data-wall]")).ToBeVisibleAsync();
        followed.SetResult();

        await page.AliveAsync();
        await Assertions.Expect(page.Locator("[data-wall]")).ToBeVisibleAsync();
    }

    private static void Send(IWebSocketRoute socket, IWebSocketFrame frame)
    {
        if (frame.Text is { } text)
        {
            socket.Send(text);
        }
        else
        {
            socket.Send(frame.Binary!);
        }
    }
}
