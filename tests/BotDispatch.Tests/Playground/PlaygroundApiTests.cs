using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BotDispatch.Tests.Playground;

public class PlaygroundApiTests : IAsyncLifetime
{
    PlaygroundHost playground = null!;

    public async Task InitializeAsync() => playground = await PlaygroundHost.StartAsync();

    public async Task DisposeAsync() => await playground.DisposeAsync();

    [Fact]
    public async Task A_new_page_gets_everything_at_once()
    {
        var state = await playground.StateAsync();

        state.GetProperty("messages").GetArrayLength().ShouldBe(0);
        state.GetProperty("clock").GetProperty("speed").GetDouble().ShouldBe(1);
        Names(state, "personas").ShouldContain("dispatcher");
        Names(state, "personas").ShouldContain("jonas.weber");
        state.GetProperty("habits").EnumerateArray().Select(habit => Text(habit, "name")).ShouldContain("never-answers");
        var tom = state.GetProperty("phones").EnumerateArray().Single(phone => Text(phone, "id") == "tom.okafor");
        Text(tom, "problem").ShouldNotBeNullOrEmpty("Tom has no number, and the page says so");
    }

    [Fact]
    public async Task A_command_is_answered_to_the_one_who_typed_it()
    {
        Text(await CommandAsync("/dispatch help"), "kind").ShouldBe("private");
        Text(await CommandAsync("/remind me"), "text").ShouldNotBeNull().ShouldContain("/dispatch");
        Text(await CommandAsync("/dispatch INC-1042"), "kind").ShouldBe("form");
        foreach (var blank in (string[])["\u00A0", "\u3000", "\t", "\n"])
            Text(await CommandAsync($"/dispatch{blank}INC-1042"), "kind").ShouldBe("form", "a telephone's keyboard writes other blanks, too");
        (await playground.StateAsync()).GetProperty("messages").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_sample_list_opens_the_dialog_with_its_people_and_another_one_can_be_chosen()
    {
        var form = (await CommandAsync("/dispatch INC-1042 to lifts")).GetProperty("form");
        Values(form, "picked").ShouldBe(["ann.lee", "jonas.weber", "lucia.moreno"], ignoreOrder: true);
        Values(form, "picked")[0].ShouldBe("ann.lee", "she has the skill that the ticket names");
        Text(form.GetProperty("people").EnumerateArray().Single(each => Text(each, "id") == "ann.lee"), "hint").ShouldNotBeNull().ShouldStartWith("first: lifts, not called before");
        Text(form, "listWords").ShouldNotBeNull().ShouldContain("then Facilities");

        var answer = await playground.PostAsync("redraw", new { @as = "dispatcher", formId = Text(form, "formId"), ticket = "INC-1042", picked = Values(form, "picked"), note = "", replaces = (string?)null, list = "it" });
        var redrawn = answer.GetProperty("form");
        Values(redrawn, "picked").ShouldBe(["marcus.reed", "eleni.papadaki", "priya.nair"]);
        redrawn.GetProperty("lists").EnumerateArray().Single(each => each.GetProperty("isPicked").GetBoolean()).GetProperty("id").GetString().ShouldBe("it");
        (await SuggestAsync("/dispatch INC-1042 to li")).ShouldBe(["/dispatch INC-1042 to lifts"]);

        static string[] Values(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(each => each.GetString()!)];
    }

    [Fact]
    public async Task Words_without_a_command_are_said_in_the_channel_once()
    {
        await CommandAsync("<b>Hello</b> all", "one-delivery");
        await CommandAsync("<b>Hello</b> all", "one-delivery");

        var said = (await playground.StateAsync()).GetProperty("messages").EnumerateArray().ShouldHaveSingleItem();
        Text(said.GetProperty("body"), "text").ShouldBe("<b>Hello</b> all");
        Text(said, "author").ShouldBe("Dana Wolf");
    }

    [Fact]
    public async Task Completions_name_subcommands_and_tickets()
    {
        (await SuggestAsync("/d")).ShouldBe(["/dispatch "]);
        (await SuggestAsync("/dispatch he")).ShouldContain("/dispatch help");
        (await SuggestAsync("/dispatch lift")).ShouldContain("/dispatch INC-1042");
        (await SuggestAsync("hello")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("eleni", "eleni.papadaki")]
    [InlineData("moreno lucia", "lucia.moreno")]
    [InlineData("german heating", "jonas.weber")]
    [InlineData("nobody of that name", "")]
    public async Task People_are_searched_by_the_server(string typed, string ids) =>
        string.Join('|', (await playground.Http.GetFromJsonAsync<string[]>($"/playground/api/people?typed={Uri.EscapeDataString(typed)}"))!).ShouldBe(ids);

    [Fact]
    public async Task A_preview_has_the_note_and_the_language_of_the_person_who_will_hear_it()
    {
        var preview = await playground.PostAsync("preview", new { ticket = "INC-1042", isFreeText = false, employee = "jonas.weber", note = "Bring the long ladder." });

        Text(preview, "language").ShouldBe("de-DE");
        Text(preview, "text").ShouldNotBeNull().ShouldContain("Bring the long ladder");
    }

    [Fact]
    public async Task An_empty_list_is_an_error_at_its_field()
    {
        var form = (await CommandAsync("/dispatch INC-1042")).GetProperty("form");

        var answer = await SubmitAsync(form);

        Text(answer, "kind").ShouldBe("errors");
        Text(answer.GetProperty("errors"), "people").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_dispatch_rings_the_phone_and_a_pressed_1_is_read_in_the_channel_also_after_a_restart()
    {
        var form = (await CommandAsync("/dispatch INC-1042")).GetProperty("form");
        Text(await SubmitAsync(form, "jonas.weber"), "kind").ShouldBe("started");

        // A phone rings for less than half a second where time goes sixty times as fast.
        await playground.UntilAsync("phone", phone => Text(phone, "id") == "jonas.weber" && Text(phone, "state") == "Ringing",
            state => state.GetProperty("phones").EnumerateArray());
        await playground.OrderAsync("phones/jonas.weber/answer", new { });
        await playground.OrderAsync("phones/jonas.weber/press", new { keys = "1" });
        await playground.OrderAsync("speed", new { speed = 60 });
        await playground.UntilAsync("message", IsAccepted, state => state.GetProperty("messages").EnumerateArray());

        await playground.RestartAsync();
        (await playground.StateAsync()).GetProperty("messages").EnumerateArray().ShouldContain(message => IsAccepted(message));
    }

    [Fact]
    public async Task The_story_passes_over_somebody_who_is_away_and_plays_itself_from_silence_to_acceptance()
    {
        await playground.OrderAsync("speed", new { speed = 30 });
        Text(await playground.PostAsync("story", new { }), "kind").ShouldBe("started");
        Text(await playground.PostAsync("story", new { }), "kind").ShouldBe("private", "one story at a time");

        JsonElement card = default;
        await playground.UntilAsync("message", message => IsAccepted(message) && (card = message.GetProperty("body")).ValueKind is JsonValueKind.Object,
            state => state.GetProperty("messages").EnumerateArray());

        card.GetProperty("people").EnumerateArray().Select(person => string.Join(", ", person.GetProperty("calls").EnumerateArray().Select(call => call.GetString())))
            .ShouldBe(["", "No answer, No answer, No answer", "Rejected", "Accepted"]);
        await playground.UntilAsync("message", message => message.GetRawText().Contains("passed over: Away until", StringComparison.Ordinal),
            state => state.GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task A_phone_that_does_not_ring_cannot_be_answered()
    {
        (await playground.Http.PostAsync("/playground/api/phones/ann.lee/answer", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await playground.Http.PostAsync("/playground/api/phones/nobody/answer", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await playground.Http.PostAsync("/playground/api/phones/tom.okafor/answer", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await playground.Http.PostAsJsonAsync("/playground/api/phones/ann.lee/press", new { keys = "x" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_habit_is_kept_over_a_restart()
    {
        await playground.OrderAsync("phones/ann.lee/habit", new { habit = "busy" });
        (await playground.Http.PostAsJsonAsync("/playground/api/phones/ann.lee/habit", new { habit = "sings" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await playground.RestartAsync();

        await playground.UntilAsync("phone", phone => Text(phone, "id") == "ann.lee" && Text(phone, "habit") == "busy", state => state.GetProperty("phones").EnumerateArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(61)]
    public async Task The_speed_stays_within_reason(double speed) =>
        (await playground.Http.PostAsJsonAsync("/playground/api/speed", new { speed })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("command", """{"as":"nobody","text":"/dispatch","delivery":"d"}""")]
    [InlineData("command", """{"as":"dispatcher"}""")]
    [InlineData("press", """{"as":"dispatcher","dispatch":"x","action":"Explode","callee":0,"round":0}""")]
    [InlineData("press", "not json")]
    [InlineData("submit", "{}")]
    public async Task What_makes_no_sense_is_refused(string path, string body)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        (await playground.Http.PostAsync($"/playground/api/{path}", content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_of_a_foreign_page_is_refused()
    {
        playground.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        (await playground.Http.PostAsync("/playground/api/story", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    static bool IsAccepted(JsonElement message) => Text(message, "kind") == "card" && Text(message.GetProperty("body"), "status") == "Accepted";

    Task<JsonElement> CommandAsync(string text, string? delivery = null) =>
        playground.PostAsync("command", new { @as = "dispatcher", text, delivery = delivery ?? Guid.NewGuid().ToString() });

    Task<JsonElement> SubmitAsync(JsonElement form, params string[] picked) => playground.PostAsync("submit",
        new { @as = "dispatcher", formId = Text(form, "formId"), ticket = Text(form.GetProperty("ticket"), "reference"), picked, note = "", replaces = (string?)null });

    async Task<List<string?>> SuggestAsync(string typed) =>
        [.. (await playground.Http.GetFromJsonAsync<JsonElement>($"/playground/api/suggest?typed={Uri.EscapeDataString(typed)}")).EnumerateArray().Select(each => Text(each, "insert"))];

    static List<string?> Names(JsonElement state, string list) => [.. state.GetProperty(list).EnumerateArray().Select(each => Text(each, "id"))];

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
