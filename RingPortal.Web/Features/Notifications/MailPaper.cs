using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// Writes a letter as plain text and as HTML that every mail program can show: one column, system font, one button
/// with its address under it, nothing loaded from anywhere, no tracking.
/// </summary>
internal sealed class MailPaper(Texts texts, IOptions<PortalOptions> portal)
{
    public string Text(MailLetter letter) => string.Join("\n\n", new[]
    {
        letter.Body,
        $"{letter.Action}:\n{letter.Address.AbsoluteUri}",
        string.Join('\n', letter.Ways.Select(way => $"{way.Text}: {way.Address.AbsoluteUri}").Prepend(letter.Note)),
        $"-- \n{string.Join('\n', Footer(letter))}\n",
    });

    public string Html(MailLetter letter)
    {
        var address = Encode(letter.Address.AbsoluteUri);
        return
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{Encode(letter.Subject)}</title>
            </head>
            <body style="margin:0;padding:24px 16px">
            <div style="max-width:560px;margin:0 auto;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
            <p style="margin:0 0 24px;font-weight:700">{Encode(portal.Value.AppName)}</p>
            <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">{Encode(letter.Subject)}</h1>
            <p style="margin:0 0 24px">{Encode(letter.Body)}</p>
            <p style="margin:0 0 12px"><a href="{address}" style="display:inline-block;padding:12px 24px;border:2px solid currentColor;border-radius:8px;font-weight:700;text-decoration:none;color:inherit">{Encode(letter.Action)}</a></p>
            <p style="margin:0 0 24px;font-size:14px">{Encode(texts["mail.address"])}<br><a href="{address}" style="color:inherit;overflow-wrap:anywhere">{address}</a></p>
            <p style="margin:0 0 24px">{Encode(letter.Note)}{string.Join(" &middot;", letter.Ways.Select(Way))}</p>
            <hr style="border:0;border-top:1px solid currentColor;opacity:.3">
            <p style="margin:16px 0 0;font-size:14px">{string.Join("<br>", Footer(letter).Select(Encode))}</p>
            </div>
            </body>
            </html>

            """;
    }

    private List<string> Footer(MailLetter letter)
    {
        List<string> lines = letter.Why is { } why
            ? [why]
            : [texts["mail.footer.why"], texts.Format("mail.footer.settings", ("address", portal.Value.Address("/Account").AbsoluteUri))];
        if (!string.IsNullOrEmpty(portal.Value.SupportEmail))
        {
            lines.Add(texts.Format("mail.footer.support", ("support", portal.Value.SupportEmail)));
        }

        lines.Add(portal.Value.AppName);
        return lines;
    }

    private static string Way(MailWay way) => $" <a href=\"{Encode(way.Address.AbsoluteUri)}\" style=\"color:inherit\">{Encode(way.Text)}</a>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
