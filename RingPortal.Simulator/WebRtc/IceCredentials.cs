using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Simulator.WebRtc;

/// <summary>The name and password of one side of a connection.</summary>
internal sealed record IceCredentials(string User, string Password)
{
    public byte[] Key { get; } = Encoding.ASCII.GetBytes(Password);

    public static IceCredentials New() => new(RandomNumberGenerator.GetHexString(8, lowercase: true), RandomNumberGenerator.GetHexString(32, lowercase: true));
}
