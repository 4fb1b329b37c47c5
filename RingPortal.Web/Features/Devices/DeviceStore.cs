using Npgsql;
using NpgsqlTypes;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Devices;

/// <summary>Writes what Ring said about cameras. Safe at any time and twice at once.</summary>
internal sealed class DeviceStore(DatabasePool pool, FeedOutlet feed, Texts texts, TimeProvider clock)
{
    /// <summary>How long a camera must have been missing before anybody asks whether it is gone.</summary>
    public static readonly TimeSpan LongMissing = TimeSpan.FromMinutes(1);

    private const int LongestName = 200;
    private const int LongestCountry = 8;
    private const int LongestRegion = 100;

    /// <summary>Stores a whole listing: what it does not name is missing from now on. False when the link has ended meanwhile.</summary>
    public Task<bool> SaveListingAsync(DeviceListing listing, CancellationToken cancellationToken) =>
        SaveAsync(listing, isWhole: true, cancellationToken);

    /// <summary>Stores one camera that was asked for by itself. False when the link has ended meanwhile.</summary>
    public Task<bool> SaveDeviceAsync(DeviceListing listing, CancellationToken cancellationToken) =>
        SaveAsync(listing, isWhole: false, cancellationToken);

    /// <summary>Ring was asked at that time and did not list the cameras.</summary>
    public async Task MarkFailedAsync(Guid ringTokenId, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        await using var command = pool.Source.CreateCommand(DeviceStoreSql.MarkFailed);
        command.Parameters.AddWithValue("link", ringTokenId);
        command.Parameters.AddWithValue("asked", askedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Cameras that this listing misses and an earlier one, long enough before, missed too.</summary>
    public async Task<IReadOnlyList<MissingDevice>> LongMissingAsync(DeviceListing listing, CancellationToken cancellationToken)
    {
        await using var command = pool.Source.CreateCommand(DeviceStoreSql.LongMissing);
        AddListing(command.Parameters, listing);
        command.Parameters.AddWithValue("long_ago", listing.AskedAt - LongMissing);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var missing = new List<MissingDevice>();
        while (await reader.ReadAsync(cancellationToken))
        {
            missing.Add(new MissingDevice(reader.GetGuid(0), reader.GetString(1)));
        }

        return missing;
    }

    private async Task<bool> SaveAsync(DeviceListing listing, bool isWhole, CancellationToken cancellationToken)
    {
        await using var connection = await pool.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var locking = new NpgsqlCommand(DeviceStoreSql.LockLink, connection, transaction) { Parameters = { new("link", listing.RingTokenId) } };
        if (await locking.ExecuteScalarAsync(cancellationToken) is not Guid userId)
        {
            return false;
        }

        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Upsert(listing, userId) } };
        if (isWhole)
        {
            batch.BatchCommands.Add(Of(DeviceStoreSql.MarkMissing, listing));
            batch.BatchCommands.Add(Of(DeviceStoreSql.MarkSynced, listing));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new FeedChange(userId, FeedKind.Device));
        return true;
    }

    private NpgsqlBatchCommand Upsert(DeviceListing listing, Guid userId)
    {
        var devices = listing.Devices;
        var command = Of(DeviceStoreSql.Upsert, listing);
        command.Parameters.AddWithValue("user", userId);
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        command.Parameters.AddWithValue("unnamed", texts["dev.unnamed"]);
        command.Parameters.AddWithValue("ids", devices.Select(_ => Guid.CreateVersion7()).ToArray());
        command.Parameters.AddWithValue("online", NpgsqlDbType.Array | NpgsqlDbType.Boolean, devices.Select(device => device.Online).ToArray());
        AddTexts("names", [.. devices.Select(device => Cut(device.Name, LongestName))]);
        AddTexts("capabilities", [.. devices.Select(device => DeviceJson.Write(device.Capabilities))]);
        AddTexts("configurations", [.. devices.Select(device => DeviceJson.Write(device.Configurations))]);
        AddTexts("countries", [.. devices.Select(device => Cut(device.Country, LongestCountry))]);
        AddTexts("regions", [.. devices.Select(device => Cut(device.State, LongestRegion))]);
        return command;

        void AddTexts(string name, string?[] values) => command.Parameters.AddWithValue(name, NpgsqlDbType.Array | NpgsqlDbType.Text, values);
    }

    private static NpgsqlBatchCommand Of(string sql, DeviceListing listing)
    {
        var command = new NpgsqlBatchCommand(sql);
        AddListing(command.Parameters, listing);
        return command;
    }

    private static void AddListing(NpgsqlParameterCollection parameters, DeviceListing listing)
    {
        parameters.AddWithValue("link", listing.RingTokenId);
        parameters.AddWithValue("asked", listing.AskedAt);
        parameters.AddWithValue("ring_device_ids", listing.RingDeviceIds);
    }

    // Whole characters only: half a surrogate pair cannot be stored.
    private static string? Cut(string? text, int longest) =>
        text is null || text.Length <= longest ? text : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
}
