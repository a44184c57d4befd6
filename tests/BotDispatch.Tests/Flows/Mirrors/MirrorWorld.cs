using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;
using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.State;
using BotDispatch.Simulator;
using BotDispatch.Tests.Adapters.Slack.Pretend;
using BotDispatch.Tests.Flows.Slack;
using BotDispatch.Tests.Flows.Teams;
using Channel = BotDispatch.PretendSlack.State.Channel;

namespace BotDispatch.Tests.Flows.Mirrors;

/// <summary>One organisation in two chats: Dana is in Slack's #ops and in Teams' ops by the same email, and the app is in both.</summary>
internal sealed class MirrorWorld : IAsyncDisposable
{
    /// <summary>What an administrator calls the two channels.</summary>
    public const string InTeams = "Operations (Teams)";
    public const string InSlack = "Operations (Slack)";

    readonly PretendSlackInProcess server;

    MirrorWorld(TeamsWorld teams, PretendSlackInProcess server)
    {
        (Teams, this.server) = (teams, server);
        var team = Slack.AddWorkspace("T0ACME", "Acme", SlackWorld.BotToken);
        team.AddPerson(new() { Id = "U0DANA", Team = team.Id, Name = "dana", RealName = "Dana Dispatcher", Email = "Dana@Example.com" });
        team.AddPerson("U0GUEST", "gus", "Gus Guest");
        Channel = team.AddChannel("C0OPS", "ops").With("U0DANA", "U0GUEST");
    }

    public TeamsWorld Teams { get; }

    public World World => Teams.World;

    public SlackStandIn Slack => server.Slack;

    public Channel Channel { get; }

    public SlackUser Dana => Slack.User("U0DANA");

    public SlackUser Gus => Slack.User("U0GUEST");

    /// <summary>The newest card in Slack.</summary>
    public Message SlackCard => Channel.Roots.Last(each => each.IsFromBot);

    /// <summary>The newest card in Teams.</summary>
    public Post TeamsCard => Teams.Card;

    public IReadOnlyList<string> LinesInSlack => SlackTelling.LinesOf(SlackCard);

    public IReadOnlyList<string> LinesInTeams => TeamsTelling.LinesOf(TeamsCard);

    /// <summary>Begins with both channels empty; <paramref name="setting"/> is <c>MirrorTo</c> or <c>AlsoIn</c>. If Teams is not known, nothing came from it since the app was added there.</summary>
    public static async Task<MirrorWorld> BeginAsync(string setting, bool isTeamsKnown = true)
    {
        var options = new PretendSlack.StandInOptions();
        var teams = await TeamsWorld.BeginAsync(new()
        {
            ["Slack:ApiBaseAddress"] = "http://localhost/api/",
            ["Slack:SigningSecret"] = options.SigningSecret,
            ["Slack:BotToken"] = SlackWorld.BotToken,
            [$"Chat:{setting}:{InTeams}"] = $"teams:{TeamsWorld.TenantId}/{OpsInTeams()}",
            [$"Chat:{setting}:{InSlack}"] = "https://app.slack.com/client/T0ACME/C0OPS",
        });
        options.AppHandler = () => teams.World.Door;
        var server = await PretendSlackInProcess.StartAsync(teams.World.Clock, options);
        var (toTeams, teamsRest) = (teams.World.Elsewhere, teams.World.OthersRest);
        teams.World.Elsewhere = address => address.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) || address.AbsolutePath.StartsWith("/response/", StringComparison.Ordinal)
            ? server.Handler
            : toTeams(address);
        teams.World.OthersRest = () => Task.WhenAll(teamsRest(), server.Slack.QuietAsync());
        var made = new MirrorWorld(teams, server);
        if (isTeamsKnown)
            await made.InstallInTeamsAsync();
        made.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        made.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        return made;
    }

    public async Task InstallInTeamsAsync()
    {
        await Teams.Teams.Installs.AddAsync(Teams.Ops, Teams.Gus.Person);
        await World.SettleAsync();
    }

    /// <summary>Opens the dialog in Slack, with these people picked in this order.</summary>
    public async Task OpenInSlackAsync(string text, params string[] people)
    {
        await Dana.TypeAsync(text, Channel);
        await World.SettleAsync();
        await Dana.PickAsync(Dana.Dialog.ShouldNotBeNull(string.Join(" | ", Dana.Ephemerals.Select(each => each.Words))), "people", people);
        await World.SettleAsync();
    }

    /// <summary>Begins one in Slack, which is to be shown in those places too.</summary>
    public async Task DispatchInSlackAsync(string[] alsoIn, params string[] people)
    {
        await OpenInSlackAsync("/dispatch INC-1042", people);
        if (alsoIn.Length > 0)
            await Dana.PickAsync(Dana.Dialog!, "alsoIn", alsoIn);
        (await Dana.SubmitAsync(Dana.Dialog!)).ShouldBeOfType<Submitted.Closed>();
        await World.SettleAsync();
    }

    /// <summary>Lets time pass until it is over in Slack and both threads tell it.</summary>
    public async Task ToTheEndAsync()
    {
        await World.PassUntilAsync(() => Task.FromResult(SlackCard.Buttons.Contains("Re-dispatch")));
        await World.PassAsync(20);
    }

    public async ValueTask DisposeAsync()
    {
        await Teams.DisposeAsync();
        await server.DisposeAsync();
    }

    // Ids follow from names, so another pretend Teams knows it before there is one.
    static string OpsInTeams() => new TeamsStandIn(new(), TimeProvider.System).AddTenant(TeamsWorld.TenantId, "Acme").AddChannel("Operations", "ops").Id;
}
