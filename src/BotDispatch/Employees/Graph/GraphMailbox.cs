using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Employees.Availability;
using BotDispatch.Http;
using BotDispatch.Ports;
using NodaTime;
using NodaTime.Text;

namespace BotDispatch.Employees.Graph;

/// <summary>What a mailbox says about its owner.</summary>
/// <param name="TimeZone">The IANA name of their time zone; null if none is known.</param>
/// <param name="Hours">Their working hours, as a list of people writes them; null if none are known.</param>
/// <param name="Language">A language tag; null if none is known.</param>
/// <param name="Away">When they are away.</param>
/// <param name="Problems">What could not be understood, in words that follow "N mailboxes have".</param>
/// <remarks>
/// https://learn.microsoft.com/graph/api/user-get-mailboxsettings. Time zones are Windows or IANA names, as the tenant's administrator
/// chose, and working hours may have a zone of their own, also one of its own rules (customTimeZone). If the hours of days differ, Graph
/// names the earliest begin and the latest end. A status is written as <c>scheduled</c> and as <c>Scheduled</c>.
/// </remarks>
internal sealed record GraphMailbox(
    string? TimeZone, string? Hours, string? Language, ImmutableArray<FoundPerson.Span> Away, ImmutableArray<string> Problems)
{
    const string UnknownZone = "a time zone that is not known, so it is not used";
    const string UnknownHours = "working hours that cannot be read, so they are not used";
    const string UnknownReplies = "automatic replies whose times cannot be read, so they are not used";

    /// <summary>Reads the settings of a mailbox.</summary>
    /// <param name="settings">The settings as Graph writes them.</param>
    /// <param name="withHours">Whether working hours are used.</param>
    /// <param name="now">The time.</param>
    public static GraphMailbox Read(JsonElement settings, bool withHours, DateTimeOffset now)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var zone = ZoneOf(settings.Name("timeZone"), problems);
        var hours = withHours && settings.Field("workingHours") is { } working ? HoursOf(working, ref zone, problems) : null;
        return new(zone?.Id, hours, settings.Name("language", "locale"), AwayOf(settings, now, problems), problems.ToImmutable());
    }

    static DateTimeZone? ZoneOf(string? name, ImmutableArray<string>.Builder problems)
    {
        var zone = name is null ? null : TimeZones.OfAnyName(name);
        if (name is not null && zone is null)
            problems.Add(UnknownZone);
        return zone;
    }

    // The hours are local times of the place of work, which may be another one than where somebody is travelling.
    static string? HoursOf(JsonElement working, ref DateTimeZone? zone, ImmutableArray<string>.Builder problems)
    {
        var days = working.List("daysOfWeek").Select(day => day.AsText()?.ToLowerInvariant()).ToList();
        if (days.Count == 0)
            return null;
        var named = working.Name("timeZone", "name");
        var own = named is null ? zone : TimeZones.OfAnyName(named);
        var hours = $"{string.Join(", ", days)} {Minutes(working.Text("startTime"))}-{Minutes(working.Text("endTime"))}";
        if (own is null || WeeklyHours.Read(hours) is null)
        {
            problems.Add(UnknownHours);
            return null;
        }
        zone = own;
        return hours;
    }

    static string Minutes(string? time) => time is [_, _, ':', _, _, ..] ? time[..5] : "";

    static ImmutableArray<FoundPerson.Span> AwayOf(JsonElement settings, DateTimeOffset now, ImmutableArray<string>.Builder problems)
    {
        var replies = settings.Field("automaticRepliesSetting") ?? default;
        switch (replies.Text("status")?.ToLowerInvariant())
        {
            case "alwaysenabled":
                return [new(now, null)];
            case "scheduled" when MomentOf(replies.Field("scheduledStartDateTime")) is { } from
                && MomentOf(replies.Field("scheduledEndDateTime")) is { } to:
                return from < to ? [new(from, to)] : [];
            case "scheduled":
                problems.Add(UnknownReplies);
                return [];
            default:
                return [];
        }
    }

    static DateTimeOffset? MomentOf(JsonElement? written) =>
        written is { } time && time.Text("dateTime") is { } text && TimeZones.OfAnyName(time.Name("timeZone") ?? "UTC") is { } zone
        && LocalDateTimePattern.ExtendedIso.Parse(text.TrimEnd('Z')) is { Success: true, Value: { Year: > 1900 and < 9000 } local }
            ? LocalTimes.At(local, zone).ToDateTimeOffset()
            : null;
}
