using System.Globalization;
using System.Net;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Voice.Routee;

/// <summary>Reads Routee's records of a call: its status, and keys whose report was lost.</summary>
internal sealed class CallRecords(RouteeApi api, CallbackWatch callbacks, TimeProvider clock, ILogger<CallRecords> log)
{
    // Routee's clock differs from ours. A record within the first limit counts as our call. A record within the second limit may be our
    // call, so we do not report ours as missing.
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(30);

    public async Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct)
    {
        var phone = state.Plan.Roster[leg.Attempt.Callee].Phone;
        var result = leg switch
        {
            { TrackingId: { } trackingId } =>
                await api.AskAsync(HttpMethod.Get, $"voice/tracking/conversation/{Uri.EscapeDataString(trackingId)}", ct),
            { MessageId: { } messageId } => await api.AskAsync(HttpMethod.Get, $"voice/tracking/{Uri.EscapeDataString(messageId)}", ct),
            _ => await SearchAsync(leg, phone, ct),
        };
        switch (result)
        {
            case RouteeResult.Answer { IsGood: true } answer when answer.ReadJson() is { } body
                && LegReports.OfRecords(body) is { } rows:
                if ((IsNamed(leg) ? Ours(rows, leg, phone) : OnlyOneOf(rows, leg, state, phone)) is { } row)
                {
                    if (row.Report.Status >= LegStatus.Completed)
                        await callbacks.EndedInRecordsAsync(leg.Attempt, ct);
                    return new LookedUpCall.Found(row.Report, row.Tones);
                }
                if (IsNamed(leg) || (!LegReports.HasMore(body, rows.Count) && !rows.Any(other => MayBe(other, leg, state, phone))))
                    return new LookedUpCall.NotFound();
                return Unreachable(leg, "other calls to the same number may be this one");
            // A search without a result is an empty page. Therefore only a record that we asked for by its id can be missing.
            case RouteeResult.Answer { Status: HttpStatusCode.NotFound } when IsNamed(leg):
                return new LookedUpCall.NotFound();
            default:
                return Unreachable(leg, result switch
                {
                    RouteeResult.Answer { IsGood: true } => "Routee's answer is no page of records",
                    RouteeResult.Answer answer => $"Routee answered {(int)answer.Status}",
                    RouteeResult.NotSent unsent => unsent.Because,
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
        var (from, to) = (Wire(Earlier(leg.BegunAt) - LargestSkew), Wire(Later(leg.EndsBy) + LargestSkew));
        var path = $"voice/tracking?from={from}&to={to}&page=0&size=20";
        return api.AskAsync(HttpMethod.Post, path, [new TrackingFilter("recipient", "is", phone)], RouteeJson.Wire.TrackingFilterArray, ct);
    }

    static string Wire(DateTimeOffset moment) =>
        Uri.EscapeDataString(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    // Our plans have no second party, so a conversation has one leg. If Routee lists more legs, the phone number decides.
    static TrackedLeg? Ours(IReadOnlyList<TrackedLeg> rows, Leg leg, string phone) =>
        (leg.MessageId is { } id ? rows.FirstOrDefault(row => row.Report.MessageId == id) : null)
        ?? rows.FirstOrDefault(row => IsTo(row, phone))
        ?? (rows.Count == 1 ? rows[0] : null);

    // A search also finds other calls to the same person. Our calls never overlap, so a record last changed while this call could live is
    // this call. If two records could be it, we use neither, because a key of another call must not accept this job.
    TrackedLeg? OnlyOneOf(IReadOnlyList<TrackedLeg> rows, Leg leg, DispatchState state, string phone)
    {
        var possible = rows.Where(row => IsTo(row, phone)
            && row.Report.TrackingId is not null
            && !IsOther(row, leg, state)
            && IsOfTheTimeOf(leg, row)).ToList();
        return possible.DistinctBy(row => row.Report.TrackingId).Count() == 1 ? possible[0] : null;
    }

    // The date is the moment of the last change. An answered call began at least its duration before that. After this call was given up,
    // the same person may have been called again.
    bool IsOfTheTimeOf(Leg leg, TrackedLeg row) => Moments(row.Date).Any(changed =>
        changed - (row.Report.Duration ?? TimeSpan.Zero) is var began
            && began >= leg.BegunAt - Skew
            && changed <= leg.EndsBy + Skew
            && !(began > leg.GivenUpAt));

    static bool IsOther(TrackedLeg row, Leg leg, DispatchState state) => state.Legs.Any(other => other.Attempt != leg.Attempt
        && ((other.MessageId is { } message && message == row.Report.MessageId)
            || (other.TrackingId is { } tracking && tracking == row.Report.TrackingId)));

    // Whether the record could be our call: it is no other call of this dispatch, and its time does not exclude ours.
    bool MayBe(TrackedLeg row, Leg leg, DispatchState state, string phone)
    {
        if ((row.To is not null && !IsTo(row, phone)) || IsOther(row, leg, state))
            return false;
        return row.Report.Status < LegStatus.Completed || row.Date is null || Moments(row.Date).Any(ended =>
            ended - (row.Report.Duration ?? TimeSpan.Zero) >= leg.BegunAt - LargestSkew && ended <= leg.EndsBy + LargestSkew);
    }

    // After our clock was set, we do not know whether it agreed with Routee's before or agrees now, so a record counts for both moments.
    IEnumerable<DateTimeOffset> Moments(DateTimeOffset? date) => date is { } at ? new[] { at, clock.FromWall(at) }.Distinct() : [];

    DateTimeOffset Earlier(DateTimeOffset moment) => clock.OnWall(moment) is var there && there < moment ? there : moment;

    DateTimeOffset Later(DateTimeOffset moment) => clock.OnWall(moment) is var there && there > moment ? there : moment;

    static bool IsTo(TrackedLeg row, string phone) => row.To?.TrimStart('+') == phone.TrimStart('+');
}
