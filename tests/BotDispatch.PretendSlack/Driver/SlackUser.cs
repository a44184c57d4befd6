using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Delivery;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.Driver;

/// <summary>Somebody who uses Slack: does what people do, and sees what they see. What nobody could do is an exception.</summary>
public sealed class SlackUser
{
    readonly SlackStandIn slack;

    internal SlackUser(SlackStandIn slack, Workspace team, Person person) => (this.slack, Team, Person) = (slack, team, person);

    public Person Person { get; }

    public Workspace Team { get; }

    public string Id => Person.Id;

    /// <summary>The dialog on top; null if none is open.</summary>
    public OpenView? Dialog => slack.Locked(() => Team.Dialogs.Top(Id));

    /// <summary>What the app published for them; null if nothing yet.</summary>
    public OpenView? Home => slack.Locked(() => Team.Dialogs.Homes.GetValueOrDefault(Id));

    /// <summary>What only they see, over all channels.</summary>
    public IReadOnlyList<Message> Ephemerals => [.. Team.Channels.SelectMany(each => each.EphemeralsOf(Id)).OrderBy(each => each.Ts, StringComparer.Ordinal)];

    public IReadOnlyList<Complaint> Complaints => [.. slack.Complaints.Where(each => each.User == Id)];

    /// <summary>The texts of the confirm dialogs that they were shown, in order.</summary>
    public IReadOnlyList<string> Confirmed => slack.Locked(() => confirmed.ToList());

    readonly List<string> confirmed = [];

    /// <summary>Types into the message field of a channel: a command goes to the app, anything else is a message.</summary>
    public async Task<AppAnswer> TypeAsync(string text, Channel channel)
    {
        if (text[0] != '/')
        {
            Say(text, channel);
            return new("", null, null);
        }
        var (command, rest) = text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var gap ? (text[..gap], text[(gap + 1)..]) : (text, "");
        var fields = slack.Locked(() => Payloads.Command(slack, Person, channel, command, Typed.Escaped(rest, Team, slack.Options.ShouldEscape, slack.Options.MentionsCarryNames)));
        var answer = await slack.Courier.CommandAsync(fields);
        if (!WasAccepted(answer, command)) return answer;
        var reply = answer.Json as JsonObject ?? (answer.IsEmpty ? null : new JsonObject { ["text"] = answer.Body });
        if (reply is null) return answer;
        slack.Locked(() =>
        {
            // The typed command is shown to all as well.
            if (reply.Word("response_type") == "in_channel") channel.Add(new() { Channel = channel, Ts = slack.Ids.Ts(), User = Id, Text = text });
            if (slack.Responses.Say(channel, Id, null, reply) is { } wrong) slack.Complain(Id, "dispatch_failed", $"{command}: {wrong}");
        });
        return answer;
    }

    /// <summary>Writes a message, of which the app gets no event.</summary>
    public Message Say(string text, Channel channel, Message? thread = null) => slack.Locked(() =>
    {
        var said = Typed.Escaped(text, Team, shouldEscape: true);
        return channel.Add(new() { Channel = channel, Ts = slack.Ids.Ts(), User = Id, Text = said, ThreadTs = thread is null ? null : thread.ThreadTs ?? thread.Ts });
    });

    /// <summary>Writes to the bot in a channel that it is in.</summary>
    public async Task<Message> MentionAsync(Channel channel, string text, Message? thread = null)
    {
        var message = Say($"@botdispatch {text}", channel, thread);
        if (!channel.HasBot) return message;
        var inner = new JsonObject { ["type"] = "app_mention", ["user"] = Id, ["text"] = message.Text, ["ts"] = message.Ts, ["channel"] = channel.Id, ["team"] = Person.Team };
        if (message.ThreadTs is not null) inner["thread_ts"] = message.ThreadTs;
        await slack.Events.TellAsync(Team, inner);
        return message;
    }

    /// <summary>Presses the button with that label, and says yes or no where a dialog asks whether they mean it.</summary>
    public async Task<AppAnswer> PressAsync(Message message, string label, bool confirm = true)
    {
        if (message.IsDeleted) throw new InvalidOperationException("the message is deleted");
        if (message.OnlyFor is { } other && other != Id) throw new InvalidOperationException("only somebody else sees this message");
        var (block, button) = Button(message.Blocks, label);
        if (!Means(button, confirm)) return new("", null, null);
        return await DoAsync(() => Payloads.InMessage(slack, this, message, Payloads.Press(slack, block, button)), $"button '{label}'");
    }

    /// <summary>Presses a button in a dialog or in Home.</summary>
    public async Task<AppAnswer> PressAsync(OpenView view, string label, bool confirm = true)
    {
        Mine(view);
        var (block, button) = Button(view.Blocks, label);
        if (!Means(button, confirm)) return new("", null, null);
        return await DoAsync(() => Payloads.InView(slack, this, view, Payloads.Press(slack, block, button)), $"button '{label}'");
    }

    /// <summary>Uses a shortcut on a message, in a channel or inside a thread.</summary>
    public Task<AppAnswer> MessageShortcutAsync(Message message, string callbackId) =>
        DoAsync(() => Payloads.MessageShortcut(slack, this, message, callbackId), $"shortcut {callbackId}");

    public Task<AppAnswer> GlobalShortcutAsync(string callbackId) => DoAsync(() => Payloads.Shortcut(slack, this, callbackId), $"shortcut {callbackId}");

    /// <summary>Opens the app's Home; what it shows is <see cref="Home"/>, once the app has published it.</summary>
    public Task OpenHomeAsync(string tab = "home")
    {
        var inner = slack.Locked(() =>
        {
            var made = new JsonObject { ["type"] = "app_home_opened", ["user"] = Id, ["channel"] = Team.DirectWith(Id).Id, ["tab"] = tab };
            if (Team.Dialogs.Homes.GetValueOrDefault(Id) is { } home && tab == "home") made["view"] = home.ToJson();
            return made;
        });
        return slack.Events.TellAsync(Team, inner);
    }

    /// <summary>Types into a field, or gives a date or a time.</summary>
    public Task<AppAnswer> FillAsync(OpenView view, string blockId, string value) => Fields.FillAsync(Mine(view), blockId, value);

    /// <summary>Types into a select that asks the app; gives the labels that are offered.</summary>
    public Task<IReadOnlyList<string>> SearchAsync(OpenView view, string blockId, string typed) => Fields.SearchAsync(Mine(view), blockId, typed);

    /// <summary>Chooses by label, in this order; in a select that asks the app, by typing each label. In a select of people or channels, by id.</summary>
    public Task<AppAnswer> PickAsync(OpenView view, string blockId, params string[] labels) => Fields.PickAsync(Mine(view), blockId, labels);

    /// <summary>Takes one choice back.</summary>
    public Task<AppAnswer> UnpickAsync(OpenView view, string blockId, string label) => Fields.UnpickAsync(Mine(view), blockId, label);

    /// <summary>Sends the dialog.</summary>
    public Task<Submitted> SubmitAsync(OpenView view) => new Submitting(slack, this).SubmitAsync(Mine(view));

    /// <summary>Closes the dialog; with <paramref name="all"/> by its x, which closes the whole stack.</summary>
    public async Task CloseAsync(OpenView view, bool all = false)
    {
        Mine(view);
        var lines = all ? view.Root : view;
        slack.Locked(() =>
        {
            view.IsOpen = false;
            if (all) Team.Dialogs.CloseAll(Id);
        });
        if (lines.TellsClosing) await DoAsync(() => Payloads.Closed(slack, this, lines, all), "closing");
    }

    FieldFilling Fields => new(slack, this);

    /// <summary>Tells the app what they did; a person sees when that fails.</summary>
    internal async Task<AppAnswer> DoAsync(Func<JsonObject> payload, string what)
    {
        var answer = await slack.Courier.InteractAsync(slack.Locked(payload));
        WasAccepted(answer, what);
        return answer;
    }

    internal bool WasAccepted(AppAnswer answer, string what)
    {
        if (answer.Trouble is { } trouble) slack.Complain(Id, trouble, $"{what}, status {answer.Status}");
        return answer.WasAccepted;
    }

    OpenView Mine(OpenView view) => view is { IsOpen: true } && view.User == Id ? view : throw new InvalidOperationException($"'{view.Title}' is not open before {Person.Name}");

    bool Means(JsonObject button, bool confirm)
    {
        if (button["confirm"] is not JsonObject asked) return true;
        slack.Locked(() => confirmed.Add(asked["text"].Word("text") ?? ""));
        return confirm;
    }

    static (string Block, JsonObject Button) Button(JsonArray? blocks, string label) =>
        Elements.Find(blocks, "button").FirstOrDefault(each => Elements.Label(each.Element) == label) is { Element: not null } found
            ? found
            : throw new InvalidOperationException($"there is no button '{label}', but {string.Join(", ", Elements.Find(blocks, "button").Select(each => $"'{Elements.Label(each.Element)}'"))}");
}
