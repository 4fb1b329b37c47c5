namespace RingPortal.Simulator.Live;

/// <summary>How live video answers and plays, and what goes wrong with it on purpose.</summary>
public sealed record LiveSettings
{
    /// <summary><c>Location</c> is a path; otherwise it is the whole address.</summary>
    public bool RelativeLocation { get; init; }

    /// <summary>
    /// <c>Location</c> as it is written here, whatever it says; <c>{device}</c> and <c>{session}</c> stand for the ids, <c>{cloud}</c>
    /// for the cloud's address. Empty leaves the header out.
    /// </summary>
    public string? RawLocation { get; init; }

    /// <summary>Of a hundred media packets so many are lost.</summary>
    public int DropPercent { get; init; }

    /// <summary>The picture stops after so long, without any signal; the session goes on.</summary>
    public TimeSpan? FreezeAfter { get; init; }

    /// <summary>Pictures that nobody can read, as of a device with encryption by its owner; everything else is as usual.</summary>
    public bool Protected { get; init; }

    /// <summary>The session ends by itself after so long, before its limit.</summary>
    public TimeSpan? EndAfter { get; init; }

    /// <summary>The answer comes so much later; the session exists meanwhile.</summary>
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>Another status than 201. A session is opened only when it is of 2xx.</summary>
    public int? AnswerStatus { get; init; }

    /// <summary>Another body than the answer in SDP, or than the error.</summary>
    public string? AnswerBody { get; init; }

    /// <summary>Another limit than Ring's 30 and 60 seconds.</summary>
    public double? LimitSeconds { get; init; }

    /// <summary>The first picture comes so long after the connection; at Ring it takes seconds (contract 8.6).</summary>
    public TimeSpan FirstFrameDelay { get; init; }

    /// <summary>Sends no picture and opens no port; the answer is valid all the same. For load on the signalling alone.</summary>
    public bool WithoutMedia { get; init; }

    /// <summary>What is wrong with these settings, a sentence each.</summary>
    internal IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Check(RawLocation is null || RawLocation.All(letter => letter is >= ' ' and <= '~'), nameof(RawLocation), "must be printable ASCII, as a header is");
        Check(DropPercent is >= 0 and <= 100, nameof(DropPercent), "must be from 0 to 100");
        Check(FreezeAfter is null || FreezeAfter >= TimeSpan.Zero, nameof(FreezeAfter), "must not be negative");
        Check(EndAfter is null || EndAfter >= TimeSpan.Zero, nameof(EndAfter), "must not be negative");
        Check(AnswerDelay >= TimeSpan.Zero && AnswerDelay <= TimeSpan.FromMinutes(10), nameof(AnswerDelay), "must be from 0 to 10 minutes");
        Check(FirstFrameDelay >= TimeSpan.Zero && FirstFrameDelay <= TimeSpan.FromMinutes(10), nameof(FirstFrameDelay), "must be from 0 to 10 minutes");
        Check(AnswerStatus is null or (>= 200 and <= 599), nameof(AnswerStatus), "must be from 200 to 599");
        Check(LimitSeconds is null or (> 0 and <= 86_400), nameof(LimitSeconds), "must be above 0 and at most a day");
        return problems;

        void Check(bool good, string name, string rule)
        {
            if (!good)
                problems.Add($"{name} {rule}.");
        }
    }
}
