using System.Globalization;
using System.Net;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Voice.Routee;

/// <summary>Reads Routee's records of a call: what became of it, and the keys whose report was lost.</summary>
internal sealed class CallRecords(RouteeApi api, ILogger<CallRecords> log)
{
    // Routee's clock is not ours.
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    public async Task<LookedUpCall> LookUpAsync(Leg leg, DispatchPlan plan, CancellationToken ct)
    {
        var phone = plan.Roster[leg.Attempt.Callee].Phone;
        var heard = leg switch
        {
            { TrackingId: { } trackingId } => await api.AskAsync(HttpMethod.Get, $"voice/tracking/conversation/{Uri.EscapeDataString(trackingId)}", ct),
            { MessageId: { } messageId } => await api.AskAsync(HttpMethod.Get, $"voice/tracking/{Uri.EscapeDataString(messageId)}", ct),
            _ => await SearchAsync(leg, phone, ct),
        };
        switch (heard)
        {
            case Heard.Answer { IsGood: true } answer when LooseJson.Parse(answer.Body) is { } body:
                var rows = LegReports.OfRecords(body);
                var row = leg is { TrackingId: null, MessageId: null } ? OnlyOneOf(rows, leg, phone) : Ours(rows, leg, phone);
                return row is null ? new LookedUpCall.NotFound() : new LookedUpCall.Found(row.Report, row.Tones);
            case Heard.Answer { Status: HttpStatusCode.NotFound }:
                return new LookedUpCall.NotFound();
            default:
                var because = heard switch
                {
                    Heard.Answer answer => $"Routee answered {(int)answer.Status}",
                    Heard.NotSent not => not.Because,
                    Heard.Lost lost => lost.Because,
                    _ => "no answer",
                };
                log.NotLookedUp(leg.Attempt, because);
                return new LookedUpCall.Unreachable(because);
        }
    }

    Task<Heard> SearchAsync(Leg leg, string phone, CancellationToken ct)
    {
        var path = $"voice/tracking?from={Wire(leg.BegunAt - Skew)}&to={Wire(leg.EndsBy + Skew)}&page=0&size=20";
        return api.AskAsync(HttpMethod.Post, path, [new TrackingFilter("recipient", "is", phone)], RouteeJson.Wire.TrackingFilterArray, ct);
    }

    static string Wire(DateTimeOffset moment) => Uri.EscapeDataString(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    // Our plans have no second party, so a conversation has one leg; where there are more, the number decides.
    static TrackedLeg? Ours(IReadOnlyList<TrackedLeg> rows, Leg leg, string phone) =>
        (leg.MessageId is { } id ? rows.FirstOrDefault(row => row.Report.MessageId == id) : null)
        ?? rows.FirstOrDefault(row => IsTo(row, phone))
        ?? (rows.Count == 1 ? rows[0] : null);

    // A search finds other calls to the same person too. No two of ours overlap, so what was last heard of while this one could live is this one;
    // where two could be it, neither is: a key of another call must not accept this job.
    static TrackedLeg? OnlyOneOf(IReadOnlyList<TrackedLeg> rows, Leg leg, string phone)
    {
        var possible = rows.Where(row => IsTo(row, phone) && row.Report.TrackingId is not null && IsOfTheTimeOf(leg, row)).ToList();
        return possible.DistinctBy(row => row.Report.TrackingId).Count() == 1 ? possible[0] : null;
    }

    // The date is of the last change; a call that was answered began at least as much earlier as it lasted.
    static bool IsOfTheTimeOf(Leg leg, TrackedLeg row) =>
        row.Date is { } changed && changed - (row.Report.Duration ?? TimeSpan.Zero) >= leg.BegunAt - Skew && changed <= leg.EndsBy + Skew;

    static bool IsTo(TrackedLeg row, string phone) => row.To?.TrimStart('+') == phone.TrimStart('+');
}
