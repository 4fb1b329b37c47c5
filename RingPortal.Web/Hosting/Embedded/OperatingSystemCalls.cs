using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>The calls of the C library that .NET does not offer.</summary>
internal static class OperatingSystemCalls
{
    public const int Interrupt = 2;

    public const int Quit = 3;

    /// <summary>Gives a file or folder to an account.</summary>
    public static void GiveTo(string path, SystemAccount account)
    {
        if (Chown(Encoding.UTF8.GetBytes(path + '\0'), account.UserId, account.GroupId) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{path} could not be given to {account.Name}");
        }
    }

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Chown(byte[] path, uint user, uint group);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
