namespace RingPortal.Tests.Media;

/// <summary>Where a hostile or broken Ring might lead us. The trap is a server on this machine that is on no list.</summary>
internal static class HostileTargets
{
    /// <summary>Every target, with the trap's port where there is one.</summary>
    public static IReadOnlyList<string> All(int trap, string allowed) =>
    [
        // This machine, in all spellings.
        $"http://127.0.0.1:{trap}/x", $"http://localhost:{trap}/x", $"https://127.0.0.1:{trap}/x", $"http://127.1:{trap}/x", $"http://2130706433:{trap}/x",
        $"http://0x7f000001:{trap}/x", $"http://0x7f.0.0.1:{trap}/x", $"http://0177.0.0.1:{trap}/x", $"http://0:{trap}/x", $"http://0.0.0.0:{trap}/x",
        $"http://[::1]:{trap}/x", $"http://[::]:{trap}/x", $"http://[::ffff:127.0.0.1]:{trap}/x", $"http://[::ffff:7f00:1]:{trap}/x", $"http://[0:0:0:0:0:0:0:1]:{trap}/x",
        $"http://LOCALHOST:{trap}/x", $"http://localhost.:{trap}/x", $"http://①②⑦.⓪.⓪.①:{trap}/x", $"http://127.0.0.1%2f@evil:{trap}/x", $"//127.0.0.1:{trap}/x",
        $"//localhost:{trap}/x", $"///127.0.0.1:{trap}/x", $"\\\\127.0.0.1:{trap}\\x", $"/\\127.0.0.1:{trap}/x", $"http:\\\\127.0.0.1:{trap}/x",
        $"http:127.0.0.1:{trap}/x", $"http:/127.0.0.1:{trap}/x",
        // Neighbours and the provider's own services.
        "http://169.254.169.254/latest/meta-data/", "https://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/", "http://[fe80::1]/x", "http://10.0.0.1/x",
        "https://10.0.0.1/x", "https://172.16.0.1/x", "https://192.168.1.1/x", "https://100.64.0.1/x", "https://metadata.google.internal/x", "http://169.254.169.254.nip.io/x",
        "https://[::ffff:169.254.169.254]/x", "https://[64:ff9b::a9fe:a9fe]/x", "https://0xa9fea9fe/x", "https://2852039166/x",
        // Names that look like an allowed one.
        "https://evil.example/x", "//evil.example/x", "https://amazonaws.com.evil.example/x", "https://evilamazonaws.com/x", "https://amazonaws.com/x",
        "https://bucket.amazonaws.com./x", "https://bucket.amazonaws.com:8443/x", "http://bucket.amazonaws.com/x", "https://user@bucket.amazonaws.com/x",
        "https://@bucket.amazonaws.com/x", "https://user:pass@bucket.amazonaws.com/x", "https://bucket.amazonaws.com@evil.example/x", "https://bucket.amazonaws.com%2f@evil.example/x",
        "https://evil.example#.amazonaws.com/x", "https://evil.example?.amazonaws.com/x", "https://evil.example\\.amazonaws.com/x", "https://xn--amazonaws-evil.com/x", "https://bucket.amazon\u0430ws.com/x",
        $"http://user@{allowed}/x", $"http://@{allowed}/x", $"http://user:pass@{allowed}/x", $"http://{allowed}@127.0.0.1:{trap}/x", $"http://{allowed}#@127.0.0.1:{trap}/x",
        // Other ways than HTTP, and no way at all.
        "file:///etc/passwd", "ftp://bucket.amazonaws.com/x", "gopher://127.0.0.1:70/x", "javascript:alert(1)", "data:image/jpeg;base64,/9j/", "ws://bucket.amazonaws.com/x", "unix:///run/socket",
        "", " ", "https://", "https:///x", "http://[::1/x", "https://bucket.amazonaws.com:99999/x", $"https://bucket.amazonaws.com/{new string('x', 9000)}", "https://bucket .amazonaws.com/x",
        "https://bucket.amazonaws.com/x y", "https://bucket.amazonaws.com/<x>", "https://bucket.amazonaws.com/x|y",
    ];
}
