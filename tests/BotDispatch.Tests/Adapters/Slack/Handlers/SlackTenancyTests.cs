using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using BotDispatch.Tests.Employees;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

public sealed class SlackTenancyTests
{
    readonly Workspace acme = new();

    [Fact]
    public async Task A_dialog_whose_workspace_is_not_known_just_now_is_not_closed()
    {
        var view = await acme.Open("INC-1042");
        (await acme.Take(Sent.Submission("d", new("T0OTHER", null, "U0EVE", "eve"), Workspace.Filled(view, ["ann"]), "t"))).ShouldBe(new SlackReply.Failed());
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_workspace_that_removes_the_app_does_not_remove_it_from_its_organisation()
    {
        acme.Installed.Clear();
        acme.Installed.Add("E0ACME");
        await acme.Take(Sent.Uninstalled("d", new("T0GONE", "E0ACME", "", "")));
        await acme.Take(Sent.TokensRevoked("d", new("T0GONE", "E0ACME", "", ""), [Workspace.Bot]));
        acme.Forgotten.ShouldBeEmpty();
        await acme.Take(Sent.Uninstalled("d", new(null, "E0ACME", "", "")));
        acme.Forgotten.ShouldBe(["E0ACME"]);
    }

    [Theory]
    [InlineData("T0ACME", null, null, true)]
    [InlineData("T0PARTNER", null, null, false)]
    [InlineData("T0SISTER", "E0ACME", "E0ACME", true)]
    [InlineData("T0PARTNER", "E0ACME", "E0PARTNER", false)]
    [InlineData("T0PARTNER", "E0ACME", null, false)]
    [InlineData("E0ACME", "E0ACME", null, true)]
    [InlineData(null, null, null, true)]
    public async Task Only_people_of_the_apps_own_organisation_are_answered(string? home, string? organisation, string? known, bool isAnswered)
    {
        acme.Organisation = known;
        var view = await acme.Open("INC-1042");
        var sent = Sent.Submission("d", new(Workspace.Team, organisation, Workspace.Dana, "dana"), Workspace.Filled(view, ["ann"]), "t");
        var reply = await acme.Take(sent with { HomeTeam = home });
        (await acme.Office.Engine.ListOpenAsync(default)).Count.ShouldBe(isAnswered ? 1 : 0);
        if (!isAnswered)
            BotDispatch.Http.SafeJson.Write(reply.ShouldBeOfType<SlackReply.Update>().ToJson()!).ShouldContain("This app answers only people of the organisation that installed it");
    }

    [Fact]
    public async Task What_breaks_is_logged_without_its_words()
    {
        var log = new Logbook<BackgroundWork>();
        var background = new BackgroundWork(acme.Office.Clock, log);
        background.Run(_ => throw new InvalidOperationException("hush-hush"));
        await background.DisposeAsync();
        var line = log.Lines.ShouldHaveSingleItem();
        line.ShouldStartWith("303 Error");
        line.ShouldContain(nameof(InvalidOperationException));
        line.ShouldNotContain("hush-hush");
        log.Exceptions.ShouldBeEmpty("its message may hold what somebody wrote");
    }

    [Theory]
    [InlineData("\uE000"), InlineData("\uD83D\uDE92"), InlineData("\""), InlineData("\u0142")]
    public void What_a_dialog_keeps_fits_whatever_is_dispatched(string letter)
    {
        var form = new FormIds(new EphemeralDataProtectionProvider(), acme.Office.Clock).Open("slack", new string('9', 100), isFreeText: true);
        var words = string.Concat(Enumerable.Repeat(letter, ReplyText.MostFreeText / letter.Length));
        var link = "https://acme.slack.com/archives/C0OPS/p1?" + new string('x', 455);
        var kept = new DialogContext(form.Id, Workspace.Ops, words, DispatchId.From("slack", "before"), link);
        DialogContextCodec.Write(kept).Length.ShouldBeLessThanOrEqualTo(3000);
        DialogContextCodec.Read(DialogContextCodec.Write(kept)).ShouldBe(kept);
        new FormIds(new EphemeralDataProtectionProvider(), acme.Office.Clock).Read("slack", kept.FormId).ShouldBeNull("another key made it");
    }
}
