using System.Collections.Immutable;
using System.Net;
using BotDispatch.Core;
using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Calendars;
using BotDispatch.Employees.File;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees.Availability;

/// <summary>A small directory, and what judges it.</summary>
internal sealed class People(ImmutableArray<Employee> people) : IEmployeeSource
{
    public static ImmutableArray<Employee> Everybody { get; } = Read("""
        id,name,email,phone,language,timezone,skills
        ann,Ann Lee,ann@example.com,+447700900101,,Europe/Athens,
        bob,Bob Adams,bob@example.com,+447700900102,,Europe/Athens,
        cleo,Cleo,,+447700900103,,Europe/London,
        dora,Dora,,+447700900104,,Europe/Berlin,
        t1,Twin,,+447700900105,,,
        t2,Twin,,+447700900106,,,
        """);

    public string Name => "Employees:Fixed";

    public ImmutableArray<Employee> Read() => people;

    public static ImmutableArray<Employee> Read(string csv) => EmployeeList.ParserFor(new() { File = "people.csv" })!(csv).Items;

    public static EmployeeDirectory Directory(ImmutableArray<Employee>? people = null) => new([new People(people ?? Everybody)], new Logbook<EmployeeDirectory>());
}

/// <summary>The schedule in a file with its calendars, on a driven clock.</summary>
internal sealed class Planned : IHttpClientFactory
{
    public Planned(string schedule, ManualClock clock, EmployeeDirectory? directory = null)
    {
        File = new(Options.Create(new AvailabilityOptions { Schedule = schedule }), clock, new Logbook<ScheduleFile>());
        Feeds = new(this, File, clock, FeedLog);
        Availability = new(directory ?? People.Directory(), File, Feeds, clock, Log);
    }

    public ScheduleFile File { get; }

    public CalendarFeeds Feeds { get; }

    public EmployeeAvailability Availability { get; }

    public Logbook<CalendarFeeds> FeedLog { get; } = new();

    public Logbook<EmployeeAvailability> Log { get; } = new();

    /// <summary>What the web answers.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Web { get; set; } = _ => new(HttpStatusCode.NotFound);

    public HttpClient CreateClient(string name) => new(new Answering(this));

    public string Say(string id, DateTimeOffset at) => Availability.Of(new(id), at) switch
    {
        { IsAvailable: true, Words: null } => "ready",
        { IsAvailable: true, Words: var words } => "ready: " + words,
        var off => off.Words!,
    };

    sealed class Answering(Planned owner) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(owner.Web(request));
    }
}
