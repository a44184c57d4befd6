using BotDispatch.Core;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Says in one sentence why somebody is called or not. The same facts always give the same sentence.</summary>
internal static class AvailabilityWords
{
    // A dispatch asks again at that moment, however far away it is, and earlier if the facts change.
    static readonly Duration Never = Duration.FromDays(400);

    /// <summary>Returns the judgement as the port needs it.</summary>
    public static Ports.Availability Of(Judgement judged, Instant now, DateTimeZone zone) => judged.Obstacle is Obstacle.None
        ? new(true, Reason(judged, now, zone), null)
        : new(false, Reason(judged, now, zone), (judged.AvailableFrom ?? now + Never).ToDateTimeOffset())
        {
            HasEnd = judged.AvailableFrom is { } from && !LocalTimes.IsNoEnd(from),
        };

    static string? Reason(Judgement judged, Instant now, DateTimeZone zone)
    {
        var until = judged.Until is not { } end ? ""
            : LocalTimes.IsNoEnd(end) ? " until further notice" : $" until {LocalTimes.Clock(end, now, zone)}";
        return judged.Obstacle switch
        {
            Obstacle.None when judged.IsOnShift => "On shift" + until,
            Obstacle.None when judged.IsWorking => "In working hours" + until,
            Obstacle.None => null,
            Obstacle.OffShift when judged.Until is null => "Off shift, and no shift is planned",
            var other => (other switch
            {
                Obstacle.Away => "Away",
                Obstacle.OffShift => "Off shift",
                Obstacle.OutsideHours => "Outside working hours",
                Obstacle.Holiday => $"Public holiday ({judged.Holiday!.Isolated()})",
                _ => "Quiet hours",
            }) + until + Available(judged, now, zone),
        };
    }

    static string Available(Judgement judged, Instant now, DateTimeZone zone) => judged.AvailableFrom is { } from && from != judged.Until
        ? $", available from {LocalTimes.Clock(from, now, zone)}"
        : "";
}
