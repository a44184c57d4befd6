using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using BotDispatch.Tests.Employees;
using BotDispatch.Tickets;
using BotDispatch.Tickets.File;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Tickets;

public sealed class TicketFileTests
{
    const string Good = """
        [
          { "reference": "INC-1", "title": "Lift is stuck", "description": "Two inside", "priority": "P1", "place": "East", "link": "https://example.com/1" },
          { "reference": "OPS-12", "title": "Inc. sign fell off", "priority": 2, "description": null },
          { "reference": "OPS-3", "title": "Backup of linc server failed" }
        ]
        """;

    [Fact]
    public async Task A_ticket_is_found_by_its_reference_without_case()
    {
        using var file = new TemporaryFile("tickets.json", Good);
        var tickets = Source(file, new());
        (await tickets.FindAsync(" inc-1 ", CancellationToken.None)).ShouldBe(new FoundTicket.Found(new("INC-1", "Lift is stuck", "Two inside", "P1", "East", "https://example.com/1")));
        (await tickets.FindAsync("OPS-12", CancellationToken.None)).ShouldBe(new FoundTicket.Found(new("OPS-12", "Inc. sign fell off", null, "2")));
        (await tickets.FindAsync("INC-10", CancellationToken.None)).ShouldBe(new FoundTicket.Unknown());
        (await tickets.FindAsync("", CancellationToken.None)).ShouldBe(new FoundTicket.Unknown());
    }

    [Theory]
    [InlineData("inc", 9, "INC-1|OPS-12|OPS-3")]
    [InlineData("inc", 2, "INC-1|OPS-12")]
    [InlineData("ops-", 9, "OPS-12|OPS-3")]
    [InlineData("12", 9, "OPS-12")]
    [InlineData("stuck", 9, "INC-1")]
    [InlineData("", 2, "INC-1|OPS-12")]
    [InlineData("nothing", 9, "")]
    public async Task Suggestions_begin_with_what_begins_so(string typed, int most, string references)
    {
        using var file = new TemporaryFile("tickets.json", Good);
        string.Join('|', (await Source(file, new()).SuggestAsync(typed, most, CancellationToken.None)).Select(each => each.Reference)).ShouldBe(references);
    }

    [Theory]
    [InlineData("[\n {\"title\":\"x\"}]", "line 2: reference is missing.")]
    [InlineData("[\n {\"reference\":\"A-1\"}]", "line 2: title is missing.")]
    [InlineData("[{\"reference\":\"A-1\",\"title\":\"x\"},\n\n{\"reference\":\"a-1\",\"title\":\"y\"}]", "line 3: this reference stands on line 1 already.")]
    [InlineData("[{\"reference\":\"A 1\",\"title\":\"x\"}]", "line 1: reference has blanks in it.")]
    [InlineData("[{\"reference\":\"A-1\",\"title\":\"x\",\"link\":\"javascript:alert(1)\"}]", "line 1: link must begin with https:// or http://.")]
    [InlineData("{\"tickets\":[]}", "line 1: it must be a JSON array of objects.")]
    [InlineData("[1]", "line 1: an object is expected here.")]
    [InlineData("[\n\n{,}]", "line 3: this is not JSON.")]
    [InlineData("[] trailing", "line 1: this is not JSON.")]
    public void A_mistake_is_named_with_its_file_and_line(string text, string problem)
    {
        using var file = new TemporaryFile("tickets.json", text);
        Problems(file.FilePath).ShouldBe([$"{file.FilePath}, {problem}"]);
    }

    [Fact]
    public void A_file_that_is_missing_or_unset_is_named()
    {
        Refusals("").ShouldBe(["Tickets:File is not set: name a JSON file with the tickets that can be dispatched, or set up a "
            + "ticket system, such as Tickets:Redmine:BaseAddress."]);
        Refusals("/no/such.json").ShouldBe(["Tickets:File: /no/such.json: there is no such file."]);
    }

    [Fact]
    public async Task A_changed_file_is_read_again_and_a_broken_edit_is_not_used()
    {
        using var file = new TemporaryFile("tickets.json", Good);
        var clock = new ManualClock();
        var tickets = Source(file, clock);
        async Task<bool> Knows(string reference)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return await tickets.FindAsync(reference, CancellationToken.None) is FoundTicket.Found;
        }

        (await Knows("INC-1")).ShouldBeTrue();
        file.Write("[{\"reference\":\"NEW-1\"");
        (await Knows("INC-1")).ShouldBeTrue();
        file.Write("[{\"reference\":\"NEW-1\",\"title\":\"x\"}]");
        (await Knows("NEW-1")).ShouldBeTrue();
        (await Knows("INC-1")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_module_reads_the_file_that_is_set_and_stops_the_start_if_it_is_bad()
    {
        using var file = new TemporaryFile("tickets.json", Good);
        using (var host = Host(file.FilePath))
        {
            await host.StartAsync();
            (await host.Services.GetRequiredService<ITicketSource>().FindAsync("INC-1", CancellationToken.None)).ShouldBeOfType<FoundTicket.Found>();
            await host.StopAsync();
        }
        using var unset = Host("");
        (await Should.ThrowAsync<OptionsValidationException>(() => unset.StartAsync())).Message.ShouldContain("Tickets:File is not set");
    }

    [Fact]
    public void The_sample_is_a_dozen_tickets_some_of_them_hostile()
    {
        var path = Path.Combine(Samples.Folder, "tickets.json");
        Problems(path).ShouldBeEmpty();
        var tickets = TicketList.Parse(File.ReadAllText(path)).Items;
        tickets.Length.ShouldBe(12);
        tickets.ShouldContain(each => each.Title.Contains("<script>"));
        tickets.ShouldContain(each => each.Description == null);
        tickets.ShouldContain(each => each.Description != null && each.Description.Length > 500);
    }

    static TicketFile Source(TemporaryFile file, ManualClock clock) => new(Options.Create(new TicketsFileOptions { File = file.FilePath }), clock, new Logbook<TicketFile>());

    static List<string> Problems(string path) => [.. WatchedFile<Ticket>.Load(path, TicketList.Parse).Problems.Select(problem => problem.In(path))];

    /// <summary>Why the process does not start.</summary>
    static List<string> Refusals(string path) => [.. new TicketsFileOptionsValidator().Validate(null, new() { File = path }).Failures ?? []];

    static IHost Host(string path)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Tickets:File", (string?)path)]);
        builder.Services.AddLogging().AddSingleton(TimeProvider.System).AddTickets();
        return builder.Build();
    }
}
