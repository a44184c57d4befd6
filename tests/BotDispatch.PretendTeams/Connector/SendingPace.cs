namespace BotDispatch.PretendTeams.Connector;

/// <summary>Counts what is put into each conversation, over all its threads.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, "Per bot per thread limit"</remarks>
internal sealed class SendingPace(TimeProvider clock)
{
    static readonly (int Most, int Seconds)[] Limits = [(7, 1), (8, 2), (60, 30), (1800, 3600)];

    readonly Dictionary<string, List<DateTimeOffset>> sent = [];

    /// <summary>One more; what limit it breaks, null for none.</summary>
    public string? Count(string place)
    {
        var now = clock.GetUtcNow();
        if (!sent.TryGetValue(place, out var moments))
            sent.Add(place, moments = []);
        moments.Add(now);
        return Limits.Where(limit => moments.Count(each => now - each < TimeSpan.FromSeconds(limit.Seconds)) > limit.Most).Select(limit => $"more than {limit.Most} in {limit.Seconds} s").FirstOrDefault();
    }
}
