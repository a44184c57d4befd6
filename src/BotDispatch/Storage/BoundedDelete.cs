namespace BotDispatch.Storage;

/// <summary>Deletes what nobody needs any more, so many rows in one commit: whoever presses a key waits no longer than for that.</summary>
internal static class BoundedDelete
{
    /// <summary>How many rows one commit deletes.</summary>
    public const int MostAtOnce = 500;

    extension(Database database)
    {
        /// <summary>Runs <paramref name="delete"/>, which deletes <see cref="MostAtOnce"/> rows at most, until it finds fewer; how many rows that were.</summary>
        public async Task<int> DeleteAsync(Statement delete, CancellationToken ct)
        {
            for (var deleted = 0; ;)
            {
                ct.ThrowIfCancellationRequested();
                var rows = (await database.WriteAsync([delete], ct)).Single();
                deleted += rows;
                if (rows < MostAtOnce)
                    return deleted;
            }
        }
    }
}
