namespace RingPortal.Web.Features.Admin.Ui;

/// <content>What it writes to the log.</content>
public sealed partial class RpConfirm
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An operator's act failed, reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string reference);
    }
}
