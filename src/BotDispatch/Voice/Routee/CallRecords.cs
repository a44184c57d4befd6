using System.Globalization;
using System.Net;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Voice.Routee;

/// <summary>Reads Routee's records of a call: what became of it, and the keys whose report was lost.</summary>
internal sealed class CallRecords(RouteeApi api, CallbackWatch callbacks, TimeProvider clock, ILogger<CallRecords> log)
{
    // Routee's clock is not ours. A call within the first is taken for ours; one within the second may be it, so ours is not said to be missing.
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(30);

    public async Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct)
    {
        var phone = state.Plan.Roster[leg.Attempt.Callee].Phone;
        var heard = leg switch
        {
            { TrackingId: { } trackingId } => await api.AskAsync(HttpMethod.Get, $"voice/tracking/conversation/{Uri.EscapeDataString(trackingId)}", ct),
            { MessageId: { } messageId } => await api.AskAsync(HttpMethod.Get, $"voice/tracking/{Uri.EscapeDataString(messageId)}", ct),
            _ => await SearchAsync(leg, phone, ct),
        };
        switch (heard)
        {
            case RouteeResult.Answer { IsGood: true } answer when LooseJson.Parse(answer.Body) is { } body && LegReports.OfRecords(body) is { } rows:
                if ((IsNamed(leg) ? Ours(rows, leg, phone) : OnlyOneOf(rows, leg, state, phone)) is { } row)
                {
                    if (row.Report.Status >= LegStatus.Completed)
                        await callbacks.EndedInRecordsAsync(leg.Attempt, ct);
                    return new LookedUpCall.Found(row.Report, row.Tones);
                }
                if (IsNamed(leg) || (!LegReports.HasMore(body, rows.Count) && !rows.Any(other => MayBe(other, leg, state, phone))))
                    return new LookedUpCall.NotFound();
                return Unreachable(leg, "other calls to the same number may be this one");
            // A search that finds nothing is an empty page: only what was asked for by its name can be missing.
            case RouteeResult.Answer { Status: HttpStatusCode.NotFound } when IsNamed(leg):
                return new LookedUpCall.NotFound();
            default:
                return Unreachable(leg, heard switch
                {
                    RouteeResult.Answer { IsGood: true } => "Routee's answer is no page of records",
                    RouteeResult.Answer answer => $"Routee answered {(int)answer.Status}",
                    RouteeResult.NotSent not => not.Because,
                    RouteeResult.Lost lost => lost.Because,
                    _ => "no answer",
                });
        }
    }

    LookedUpCall.Unreachable Unreachable(Leg leg, string because)
    {
        log.NotLookedUp(leg.Attempt, because);
        return new(because);
    }

    static bool IsNamed(Leg leg) => leg is not { TrackingId: null, MessageId: null };

    Task<RouteeResult> SearchAsync(Leg leg, string phone, CancellationToken ct)
    {
        var path = $"voice/tracking?from={Wire(Earlier(leg.BegunAt) - LargestSkew)}&to={Wire(Later(leg.EndsBy) + LargestSkew)}&page=0&size=20";
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
    TrackedLeg? OnlyOneOf(IReadOnlyList<TrackedLeg> rows, Leg leg, DispatchState state, string phone)
    {
        var possible = rows.Where(row => IsTo(row, phone) && row.Report.TrackingId is not null && !IsOther(row, leg, state) && IsOfTheTimeOf(leg, row)).ToList();
        return possible.DistinctBy(row => row.Report.TrackingId).Count() == 1 ? possible[0] : null;
    }

    // The date is of the last change; a call that was answered began at least as much earlier as it lasted.
    // Once this one was given up the same person may have been called again.
    bool IsOfTheTimeOf(Leg leg, TrackedLeg row) => Moments(row.Date).Any(changed =>
        changed - (row.Report.Duration ?? TimeSpan.Zero) is var began && began >= leg.BegunAt - Skew && changed <= leg.EndsBy + Skew && !(began > leg.GivenUpAt));

    static bool IsOther(TrackedLeg row, Leg leg, DispatchState state) => state.Legs.Any(other => other.Attempt != leg.Attempt
        && ((other.MessageId is { } message && message == row.Report.MessageId) || (other.TrackingId is { } tracking && tracking == row.Report.TrackingId)));

    // Whatever cannot be told apart from our call: no other call of this dispatch, and not surely of another time.
    bool MayBe(TrackedLeg row, Leg leg, DispatchState state, string phone)
    {
        if ((row.To is not null && !IsTo(row, phone)) || IsOther(row, leg, state))
            return false;
        return row.Report.Status < LegStatus.Completed || row.Date is null || Moments(row.Date).Any(ended =>
            ended - (row.Report.Duration ?? TimeSpan.Zero) >= leg.BegunAt - LargestSkew && ended <= leg.EndsBy + LargestSkew);
    }

    // Where our machine's clock was set, nobody knows whether it agreed with Routee's before that or does now: a record counts for both.
    IEnumerable<DateTimeOffset> Moments(DateTimeOffset? date) => date is { } at ? new[] { at, clock.FromWall(at) }.Distinct() : [];

    DateTimeOffset Earlier(DateTimeOffset moment) => clock.OnWall(moment) is var there && there < moment ? there : moment;

    DateTimeOffset Later(DateTimeOffset moment) => clock.OnWall(moment) is var there && there > moment ? there : moment;

    static bool IsTo(TrackedLeg row, string phone) => row.To?.TrimStart('+') == phone.TrimStart('+');
}
