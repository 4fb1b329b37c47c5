namespace RingPortal.Tests.Account;

/// <summary>Addresses that have led browsers off their site somewhere, or could.</summary>
public static class RedirectCorpus
{
    public static TheoryData<string> Hostile => [.. All];

    public static IReadOnlyList<string> All { get; } =
    [
        "https://evil.example", "http://evil.example/", "HTTPS://evil.example", "https:evil.example", "https:/evil.example", "https:///evil.example",
        "//evil.example", "///evil.example", "////evil.example", "/////evil.example", "//evil.example/%2e%2e", "//evil.example:443/devices",
        "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\\/evil.example", "//\\evil.example", "/\\\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example", "\u00a0//evil.example",
        "/ /evil.example", "/\u0000/evil.example", "/\u2028/evil.example", "/devices\r\nLocation: https://evil.example", "/%0d%0aLocation:%20https://evil.example", "/%09/evil.example",
        "/%2f/evil.example", "/%2fevil.example", "/%5cevil.example", "/%5c%5cevil.example", "/%5c/evil.example", "/%2F%2Fevil.example",
        "/.//evil.example", "/..//evil.example", "/%2e%2e//evil.example", "/devices//evil.example", "/;//evil.example", "/a/..//evil.example",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript://evil.example/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "file:///etc/passwd",
        "ftp://evil.example", "evil.example", "www.evil.example", "evil.example/devices", "~/devices", "~//evil.example",
        "?returnUrl=//evil.example", "#//evil.example", ".evil.example", "@evil.example", "http://localhost@evil.example", "https://localhost.evil.example",
        "//localhost@evil.example", "/\u3000/evil.example", "https://evil.example\\@localhost", "//%65vil.example", "", " ",
    ];
}
