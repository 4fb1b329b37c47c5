namespace RingPortal.Web.Features.Tokens;

/// <summary>A fresh pair, sealed for its row; without a refresh token the one before stays (contract 6.2).</summary>
internal sealed record NewTokens(byte[] SealedAccessToken, byte[]? SealedRefreshToken, DateTimeOffset AccessExpiresAt, string? Scope);
