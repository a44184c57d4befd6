using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Cards;
using BotDispatch.PretendTeams.Delivery;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Driver;

/// <summary>Somebody who uses Teams: does what people do, and sees what they see. What nobody could do is an exception.</summary>
public sealed class TeamsUser
{
    readonly TeamsStandIn teams;
    readonly InvokeReading reading;
    readonly List<PrivateNotice> notices = [];

    internal TeamsUser(TeamsStandIn teams, Person person) => (this.teams, Person, reading) = (teams, person, new(teams, this));

    public Person Person { get; }

    /// <summary>Their client is from before buttons that are answered at once: it presses what stands in their place.</summary>
    public bool HasOldClient { get; set; }

    /// <summary>What happens while the answer to a button is on its way to their client.</summary>
    public Func<Task> WhileAnswerTravels { get; set; } = () => Task.CompletedTask;

    /// <summary>The dialog before them; null if none is open.</summary>
    public TeamsDialog? Dialog { get; internal set; }

    /// <summary>The notices that only they see, in order.</summary>
    public IReadOnlyList<PrivateNotice> PrivateNotices => teams.Locked(() => notices.ToList());

    /// <summary>Their own chat with the bot.</summary>
    public Place Chat => Person.Tenant.PersonalChat(Person);

    /// <summary>Writes a message. The app gets it in their own chat with it, and elsewhere if it is mentioned: <c>@BotDispatch dispatch INC-1042</c>.</summary>
    public async Task<Post> SayAsync(string text, Place place, Post? thread = null)
    {
        var (post, isForBot) = Write(text, place, thread, onlyFor: null);
        if (place.HasBot && (isForBot || place.Kind is PlaceKind.Personal))
            await teams.Courier.DeliverAsync(teams.Locked(() => Activities.Message(teams, post)));
        return post;
    }

    /// <summary>Uses a command from the slash menu, which only they and the bot see.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands</remarks>
    public async Task<Post> SlashAsync(string text, Place place, Post? thread = null)
    {
        var (post, _) = Write(text, place, thread, onlyFor: Person);
        var activity = teams.Locked(() => Activities.Message(teams, post));
        activity["recipient"]!["isTargeted"] = true;
        await teams.Courier.DeliverAsync(activity);
        return post;
    }

    /// <summary>Writes something else in the place of what they wrote.</summary>
    public async Task EditAsync(Post post, string text)
    {
        var activity = teams.Locked(() =>
        {
            post.Rewrite(Typed.Read(teams, Person.Tenant, text).Message);
            var made = Activities.Message(teams, post);
            made["type"] = "messageUpdate";
            made["channelData"]!["eventType"] = "editMessage";
            return made;
        });
        await teams.Courier.DeliverAsync(activity);
    }

    /// <summary>Presses a button of a card by its title; what it shows is in <see cref="Post.SeenBy"/>, <see cref="Dialog"/> or <see cref="PrivateNotices"/>.</summary>
    public async Task PressAsync(Post post, string title)
    {
        if (post.IsDeleted || (post.OnlyFor is { } other && other != Person))
            throw new InvalidOperationException("they do not see this message");
        var form = post.SeenBy(Person);
        var action = form.Action(title);
        if (action.Word("type") == "Action.ShowCard")
            form.Unfold(title);
        else
            await PressAsync(post, form, Known(action));
    }

    /// <summary>Presses a button of the dialog: its data and what is filled in are sent.</summary>
    public async Task SubmitAsync(string title)
    {
        var dialog = Dialog ?? throw new InvalidOperationException($"no dialog is open before {Person.Name}");
        var action = dialog.Form.Action(title);
        if (action.Word("type") == "Action.OpenUrl" || dialog.Form.Missing.Count > 0)
            return;
        await SubmitAsync(dialog, action);
    }

    /// <summary>Closes the dialog by its x, of which the app gets no event.</summary>
    public void Close() => Dialog = null;

    /// <summary>Uses the app's command on a message.</summary>
    public Task CommandOnAsync(Post post, string commandId) => CommandAsync(
        new(post.Place, post.ThreadId, null, new JsonObject { ["commandId"] = commandId, ["commandContext"] = "message", ["messagePayload"] = teams.Locked(() => Activities.Chosen(post)) }));

    /// <summary>Uses the app's command beside the compose box, or in the command box.</summary>
    public Task CommandInAsync(Place place, string commandId, Post? thread = null, string context = "compose") =>
        CommandAsync(new(place, thread?.ThreadId ?? place.Id, null, new JsonObject { ["commandId"] = commandId, ["commandContext"] = context }));

    /// <summary>Types into a field that asks the app for its choices; gives the titles that are offered.</summary>
    public async Task<IReadOnlyList<string>> SearchAsync(CardForm form, string id, string typed)
    {
        if (form.Input(id)["choices.data"] is not JsonObject query || query.Word("type") != "Data.Query")
            throw new InvalidOperationException($"{id} asks nobody");
        var origin = Dialog?.Origin ?? throw new InvalidOperationException("no dialog is open");
        var value = new JsonObject { ["queryText"] = typed, ["queryOptions"] = new JsonObject { ["skip"] = 0, ["top"] = 15 }, ["dataset"] = query.Word("dataset") };
        var found = reading.Found(await InvokeAsync("application/search", origin.Place, origin.ThreadId, value, origin.Card));
        form.Offer(id, found);
        return [.. found.Select(each => each.Title)];
    }

    /// <summary>Chooses by the beginning of the titles, in this order; what is not offered yet is looked for by typing it.</summary>
    public async Task PickAsync(CardForm form, string id, params string[] titles)
    {
        foreach (var title in titles)
        {
            if (!form.Offers(id).Any(Begins) && form.Input(id).ContainsKey("choices.data"))
                await SearchAsync(form, id, title);
            var offer = form.Offers(id).FirstOrDefault(Begins);
            form.Choose(id, offer.Value ?? throw new InvalidOperationException($"{id} does not offer '{title}', but {string.Join(", ", form.Offers(id).Select(each => each.Title))}"));

            bool Begins((string Title, string Value) each) => each.Title.StartsWith(title, StringComparison.Ordinal);
        }
    }

    /// <summary>Takes a choice back.</summary>
    public static void Unpick(CardForm form, string id, string title) => form.Unchoose(id, form.Offers(id).First(each => each.Title.StartsWith(title, StringComparison.Ordinal)).Value);

    internal void Hear(Way way, string text) => teams.Locked(() => notices.Add(new(teams.Clock.GetUtcNow(), way, CardReading.Plain(text, isMarkup: true))));

    JsonObject Known(JsonObject action)
    {
        if (!HasOldClient || action.Word("type") != "Action.Execute")
            return action;
        return action["fallback"] as JsonObject ?? throw new InvalidOperationException("an old client does not show this button");
    }

    async Task PressAsync(Post post, CardForm form, JsonObject action)
    {
        var data = form.Sent(action);
        switch (action.Word("type"))
        {
            case "Action.Execute":
                var made = new JsonObject { ["type"] = "Action.Execute", ["title"] = action.Word("title"), ["verb"] = action.Word("verb"), ["data"] = data };
                var answer = await InvokeAsync("adaptiveCard/action", post.Place, post.ThreadId, new() { ["action"] = made, ["trigger"] = "manual" }, post.Id);
                await WhileAnswerTravels();
                teams.Locked(() => reading.Card(post, answer));
                break;
            case "Action.Submit" when data["msteams"].Word("type") == "task/fetch":
                var origin = new DialogOrigin(post.Place, post.ThreadId, post.Id, null);
                reading.Task(origin, await InvokeAsync(origin.FetchName, post.Place, post.ThreadId, origin.Value(data), post.Id), isSent: false);
                break;
            case "Action.Submit":
                await teams.Courier.DeliverAsync(teams.Locked(() => Pressed(post, data)));
                break;
        }
    }

    // Without text and without a mention.
    JsonObject Pressed(Post post, JsonObject data)
    {
        var made = Activities.Of(teams, "message", teams.Ids.Event(), Person, post.Place, post.ThreadId);
        (made["replyToId"], made["value"]) = (post.Id, data);
        made["channelData"]!["source"] = new JsonObject { ["name"] = "message" };
        return made;
    }

    async Task CommandAsync(DialogOrigin origin) => reading.Task(origin, await InvokeAsync(origin.FetchName, origin.Place, origin.ThreadId, origin.Value(null)), isSent: false);

    async Task SubmitAsync(TeamsDialog dialog, JsonObject action)
    {
        var origin = dialog.Origin;
        reading.Task(origin, await InvokeAsync(origin.SubmitName, origin.Place, origin.ThreadId, origin.Value(dialog.Form.Sent(action)), origin.Card), isSent: true);
    }

    Task<AppAnswer> InvokeAsync(string name, Place place, string threadId, JsonObject value, string? card = null) =>
        teams.Courier.DeliverAsync(teams.Locked(() => Activities.Invoke(teams, name, Person, place, threadId, value, card)));

    (Post Post, bool IsForBot) Write(string text, Place place, Post? thread, Person? onlyFor) => teams.Locked(() =>
    {
        if (!place.MemberList.Contains(Person))
            throw new InvalidOperationException($"{Person.Name} is not in {place}");
        var (message, isForBot) = Typed.Read(teams, Person.Tenant, text);
        return (place.Add(teams.Ids.Message(), thread?.RootId ?? "", Person, onlyFor, message), isForBot);
    });
}
