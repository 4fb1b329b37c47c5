namespace RingPortal.Web.Hosting.StartUp;

/// <summary>
/// The portal cannot start for a reason that its operator can mend. The message is one readable sentence that says
/// what to do; it is printed without a stack trace and the process ends with <see cref="StartUpGuard.FailureExitCode"/>.
/// </summary>
public sealed class StartUpException : Exception
{
    /// <param name="message">What is wrong and what to do about it.</param>
    public StartUpException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="innerException">What was met; kept for debuggers, not printed.</param>
    public StartUpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
