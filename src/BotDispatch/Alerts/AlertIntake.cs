using System.Security.Cryptography;
using System.Text;
using BotDispatch.Api;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Alerts;

/// <summary>How many alerts of a message went which way.</summary>
/// <param name="Firing">They fire, and a route calls people for them.</param>
/// <param name="Ended">They have ended.</param>
/// <param name="Ignored">They fire, and a route ignores them.</param>
/// <param name="Unrouted">They fire, and no route is for them.</param>
internal sealed record AlertsTaken(int Firing, int Ended, int Ignored, int Unrouted);

/// <summary>Takes messages of alert senders: finds the route of each alert, and stores what must be started and stopped.</summary>
internal sealed class AlertIntake(
    AlertRoutes routes, AlertStore store, [FromKeyedServices(AlertsModule.Wakeup)] Wakeup wakeup, TimeProvider real,
    ILogger<AlertIntake> log)
{
    const int LongestId = 400;

    /// <summary>
    /// Stores a message, all of it or nothing. Once this returns, every dispatch will be started or stopped. Returns null if there are no
    /// routes, so that nobody knows where alerts should go.
    /// </summary>
    public async Task<AlertsTaken?> TakeAsync(AlertMessage message, AlertSender sender, ApiKey key, CancellationToken ct)
    {
        if (message.Truncated > 0)
            log.Truncated(sender.Name, message.Truncated);
        var all = routes.Read();
        if (all.IsEmpty && message.Alerts.Any(each => each.IsFiring))
            return null;
        var (firing, ignored, unrouted) = (new List<(Alert Alert, AlertRoute Route)>(), 0, 0);
        // Of an alert that stands twice in a message, the last state counts.
        var alerts = message.Alerts
            .Select(each => Stored(each.Id) is var id && id == each.Id ? each : each with { Id = id, EarlierId = each.Id })
            .Reverse().DistinctBy(each => each.Id).Reverse().ToList();
        foreach (var alert in alerts.Where(each => each.IsFiring))
            switch (all.FirstOrDefault(each => each.Matches(alert)))
            {
                case null:
                    unrouted++;
                    break;
                case { IsIgnored: true }:
                    ignored++;
                    break;
                case var route:
                    firing.Add((alert, route));
                    break;
            }
        if (unrouted > 0)
            log.Unrouted(sender.Name, unrouted);
        var by = key.AsPerson(sender.Name);
        var keyed = from each in firing
                    let groupKey = GroupKeyOf(each.Alert, each.Route)
                    select (each.Alert, each.Route, Key: groupKey, StoredKey: Stored(groupKey));
        var groups = keyed.GroupBy(each => each.StoredKey).SelectMany(group =>
        {
            var job = AlertJob.Write(AlertJob.Of(group.First().Alert, group.First().Route, group.Count() - 1, by));
            return group.Select(each => new FiringAlert(
                each.Alert.Id, each.StoredKey, each.Alert.StartsAt, job, EarlierNamesOf(each.Alert, each.StoredKey, each.Key)));
        });
        List<EndedAlert> ended =
            [.. from each in alerts
                where !each.IsFiring
                select new EndedAlert(each.Id, each.StartsAt, each.EndsAt, each.EndedBecause,
                    each.EarlierId is { } earlier ? new(earlier) : null)];
        if (firing.Count + ended.Count > 0)
        {
            foreach (var dispatch in await store.StoreAsync([.. groups], ended, real.GetUtcNow(), ct))
                log.OldEnd(dispatch, sender.Name);
            wakeup.Signal();
        }
        return new(firing.Count, ended.Count, ignored, unrouted);
    }

    // Values may have any characters, so each is written with its length.
    static string GroupKeyOf(Alert alert, AlertRoute route) => route.GroupBy is not { } labels
        ? alert.EarlierId ?? alert.Id
        : $"group:{alert.Id[..alert.Id.IndexOf(':', StringComparison.Ordinal)]}:{route.To}{string.Join('+', route.People)}:"
            + string.Concat(from label in labels
                            let value = alert.Labels.GetValueOrDefault(label) ?? ""
                            select $"{value.Length}:{value}");

    static EarlierNames? EarlierNamesOf(Alert alert, string groupKey, string earlierKey) =>
        alert.EarlierId is null && groupKey == earlierKey ? null : new(alert.EarlierId ?? alert.Id, earlierKey);

    // PostgreSQL takes no NUL in a text, and no long text in an index: a sender would repeat such a message for ever, with all its
    // alerts.
    static string Stored(string id) => id.Length <= LongestId && !id.Contains('\0', StringComparison.Ordinal) ? id
        : $"{id[..id.IndexOf(':', StringComparison.Ordinal)]}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
}
