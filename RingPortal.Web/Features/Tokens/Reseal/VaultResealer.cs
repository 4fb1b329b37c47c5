using NpgsqlTypes;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Tokens.Reseal;

/// <summary>
/// Seals anew, under the newest key, what older keys sealed. A text that somebody else replaces meanwhile keeps its newer value:
/// each is exchanged only for the very bytes that were opened. Safe to repeat and to break off.
/// </summary>
internal sealed class VaultResealer(PortalDataSources sources, TokenVault vault)
{
    /// <summary>Seals anew what one column holds. What no key opens is left as it is.</summary>
    public async Task<Resealed> RunAsync(SealedPlace place, CancellationToken cancellationToken)
    {
        var (count, after) = (0, Guid.Empty);
        List<SealedText> unreadable = [];
        while (await ReadAsync(place, after, [.. unreadable.Where(text => text.Id == after).Select(text => text.Sealed)], cancellationToken) is { Count: > 0 } texts)
        {
            var opened = texts.Select(text => (Text: text, Anew: SealAnew(place, text))).ToLookup(text => text.Anew is not null);
            unreadable.AddRange(opened[false].Select(text => text.Text));
            count += await ExchangeAsync(place, [.. opened[true].Select(text => (text.Text, text.Anew!))], cancellationToken);
            after = texts[^1].Id;
        }

        return new Resealed(count, [.. unreadable.Select(text => text.Id)]);
    }

    /// <summary>How many are under another key than the newest.</summary>
    public async Task<long> CountOldAsync(SealedPlace place, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand($"SELECT count(*) FROM {place.Table} WHERE {place.IsOld}");
        command.Parameters.AddWithValue("current", Convert.FromHexString(vault.KeyId));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<IReadOnlyList<SealedText>> ReadAsync(SealedPlace place, Guid after, byte[][] unreadable, CancellationToken cancellationToken)
    {
        // From the last key on and not behind it: a key may have several rows, and what was exchanged is old no more.
        await using var command = sources.Jobs.CreateCommand(
            $"""
            SELECT {place.Key}, {place.Read} FROM {place.Table}
            WHERE {place.IsOld} AND {place.Key} >= @after AND {place.Read} <> ALL (@unreadable) ORDER BY {place.Key} LIMIT {place.Batch}
            """);
        command.Parameters.AddWithValue("current", Convert.FromHexString(vault.KeyId));
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("unreadable", NpgsqlDbType.Array | NpgsqlDbType.Bytea, unreadable);
        var texts = new List<SealedText>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(new(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        }

        return texts;
    }

    private byte[]? SealAnew(SealedPlace place, SealedText text)
    {
        try
        {
            return vault.SealBytes(text.Id, place.Column, vault.OpenBytes(text.Id, place.Column, text.Sealed));
        }
        catch (VaultException)
        {
            return null;
        }
    }

    private async Task<int> ExchangeAsync(SealedPlace place, IReadOnlyList<(SealedText Old, byte[] Anew)> texts, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(
            $"UPDATE {place.Table} AS row SET {place.Target} = {place.Write} FROM unnest(@ids, @old, @new) AS anew(id, old, sealed) WHERE row.{place.Key} = anew.id AND {place.Read} = anew.old");
        command.Parameters.AddWithValue("ids", texts.Select(text => text.Old.Id).ToArray());
        command.Parameters.AddWithValue("old", NpgsqlDbType.Array | NpgsqlDbType.Bytea, texts.Select(text => text.Old.Sealed).ToArray());
        command.Parameters.AddWithValue("new", NpgsqlDbType.Array | NpgsqlDbType.Bytea, texts.Select(text => text.Anew).ToArray());
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private readonly record struct SealedText(Guid Id, byte[] Sealed);
}

/// <summary>What came of sealing one place anew.</summary>
/// <param name="Count">How many are under the newest key now.</param>
/// <param name="Unreadable">Rows whose text no key opens: it was changed, or its key is not among <c>Vault__Keys</c>.</param>
internal sealed record Resealed(int Count, IReadOnlyList<Guid> Unreadable);
