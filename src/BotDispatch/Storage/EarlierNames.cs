namespace BotDispatch.Storage;

/// <summary>
/// The names under which an earlier version stored an alert, or its group, that has a shorter name today. Rows with such a name get that
/// of today when the alert is announced again, so that it is the same alert.
/// </summary>
/// <param name="Id">The alert's own.</param>
/// <param name="GroupKey">That of its group; null for an alert that has ended.</param>
internal sealed record EarlierNames(string Id, string? GroupKey = null)
{
    const string RenameAlert =
        "UPDATE alerts SET id = $1 WHERE id = $2 AND NOT EXISTS (SELECT 1 FROM alerts known WHERE known.id = $1)";
    const string RenameGroup = """
        UPDATE alert_groups SET group_key = $1 WHERE group_key = $2 AND resolved_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM alert_groups known WHERE known.group_key = $1 AND known.resolved_at IS NULL)
        """;

    /// <summary>
    /// Gives the rows of alerts that were stored under earlier names those of today. Returns what has ended: also the row with the earlier
    /// name, where there is one of today beside it.
    /// </summary>
    public static async Task<IReadOnlyList<EndedAlert>> ReplaceAsync(
        WriteSession session, IReadOnlyList<FiringAlert> firing, IReadOnlyList<EndedAlert> ended)
    {
        List<(string Id, string Earlier)> renamed =
        [
            .. firing.Where(each => each.Earlier is not null).Select(each => (each.Id, each.Earlier!.Id)),
            .. ended.Where(each => each.Earlier is not null).Select(each => (each.Id, each.Earlier!.Id)),
        ];
        if (renamed.Count == 0)
            return ended;
        // Every node takes rows in the same order: alerts, then groups.
        var groups = firing.Where(each => each.Earlier?.GroupKey is not null)
            .Select(each => (each.GroupKey, Earlier: each.Earlier!.GroupKey)).Distinct()
            .OrderBy(each => each.Earlier, StringComparer.Ordinal)
            .Select(each => new Statement(RenameGroup, each.GroupKey, each.Earlier));
        var alerts = renamed.OrderBy(each => each.Id, StringComparer.Ordinal)
            .Select(each => new Statement(RenameAlert, each.Id, each.Earlier));
        await session.RunAsync([.. alerts, .. groups], CancellationToken.None);
        return [.. ended, .. ended.Where(each => each.Earlier is not null)
            .Select(each => each with { Id = StoredText.Of(each.Earlier!.Id), IsEarlierName = true })];
    }
}
