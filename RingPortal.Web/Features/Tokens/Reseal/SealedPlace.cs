namespace RingPortal.Web.Features.Tokens.Reseal;

/// <summary>A place that holds sealed texts, as SQL reads and writes it.</summary>
/// <param name="Column">One of <see cref="VaultColumns"/>: table and column.</param>
/// <param name="Key">Column with the key that ciphertexts are bound to.</param>
/// <param name="Batch">How many fit into memory at once.</param>
internal sealed record SealedPlace(string Column, string Key = "id", int Batch = 500)
{
    /// <summary>Every place of the vault.</summary>
    public static readonly IReadOnlyList<SealedPlace> All =
    [
        new(VaultColumns.Code),
        new(VaultColumns.CodeVerifier),
        new(VaultColumns.AccessToken),
        new(VaultColumns.RefreshToken),
        new(VaultColumns.Nonce),
        new(VaultColumns.EmailMessage, Batch: 200),
        new(VaultColumns.Farewell, Batch: 200),
        new(VaultColumns.Unsubscribe, "device_id"),
        new(VaultColumns.Picture, Batch: 20),
        new(VaultColumns.ArchiveKey),
        // Identity's table holds text, and other things beside (AuthenticatorKeys).
        new(VaultColumns.Authenticator, "user_id")
        {
            Target = "value",
            Read = "CASE WHEN login_provider = 'RingPortal' AND name IN ('authenticator', 'authenticator.new') THEN decode(value, 'base64') END",
            Write = @"translate(encode(anew.sealed, 'base64'), E'\n', '')",
        },
    ];

    /// <summary>The table.</summary>
    public string Table { get; } = Column.Split('.')[0];

    /// <summary>The column that is written.</summary>
    public string Target { get; init; } = Column.Split('.')[1];

    /// <summary>The sealed bytes of a row; null where the row holds none.</summary>
    public string Read { get; init; } = Column.Split('.')[1];

    /// <summary>What is written for new bytes.</summary>
    public string Write { get; init; } = "anew.sealed";

    /// <summary>Whether a row was sealed under another key than <c>@current</c>, whose id stands after the version (<see cref="TokenVault"/>).</summary>
    public string IsOld => $"substr({Read}, 2, {VaultKey.IdLength}) <> @current";
}
