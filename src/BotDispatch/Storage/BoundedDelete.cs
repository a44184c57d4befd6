namespace BotDispatch.Storage;

/// <summary>Deletes old rows in small commits, because a key that is pressed meanwhile waits for the commit that is under way.</summary>
internal static class BoundedDelete
{
    /// <summary>How many rows one commit deletes.</summary>
    public const int MostAtOnce = 500;

    extension(Database database)
    {
        /// <summary>
        /// Runs <paramref name="delete"/>, which deletes <see cref="MostAtOnce"/> rows at most, until it deletes fewer. Returns how many
        /// rows were deleted.
        /// </summary>
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
