namespace RingPortal.Simulator.Wire;

/// <summary>Answer of <c>/v1/users/me</c> (contract 3.3).</summary>
internal sealed record UserAnswer(UserResource Data);

internal sealed record UserResource(string Type, string Id, UserAttributes Attributes);

internal sealed record UserAttributes(string FirstName, string LastName, string? Email, string? PhoneNumber);
