namespace RingPortal.Web.Hosting.StartUp;

/// <summary>Runs the portal so that a start that its operator can mend ends in plain sentences and an exit code.</summary>
public static class StartUpGuard
{
    /// <summary>Exit code of a portal that could not start.</summary>
    public const int FailureExitCode = 1;

    /// <summary>
    /// Runs <paramref name="run"/> to its end. A failure that <see cref="StartUpSentences"/> knows is written to standard
    /// error, a sentence a line; every other exception is a surprise and passes through.
    /// </summary>
    /// <returns>0, or <see cref="FailureExitCode"/>.</returns>
    public static Task<int> RunAsync(Func<Task> run) => RunAsync(run, Console.Error);

    /// <inheritdoc cref="RunAsync(Func{Task})" />
    /// <returns>What <paramref name="run"/> returned, or <see cref="FailureExitCode"/>.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> run)
    {
        var answer = 0;
        var failure = await RunAsync(async () => { answer = await run(); }, Console.Error);
        return failure != 0 ? failure : answer;
    }

    /// <inheritdoc cref="RunAsync(Func{Task})" />
    /// <param name="run">The portal, from its configuration to its end.</param>
    /// <param name="errors">Where the sentences go.</param>
    public static async Task<int> RunAsync(Func<Task> run, TextWriter errors)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception exception) when (StartUpSentences.For(exception) is { Count: > 0 })
        {
            await errors.WriteLineAsync("RingPortal could not start.");
            foreach (var sentence in StartUpSentences.For(exception))
            {
                await errors.WriteLineAsync($"  {sentence}");
            }

            return FailureExitCode;
        }
    }
}
