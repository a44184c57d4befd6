using BotDispatch.Chat;
using BotDispatch.Core;
using Microsoft.Extensions.Configuration;

namespace BotDispatch.Tests.Chat;

/// <summary>How an administrator writes the places in which dispatches may be shown.</summary>
public sealed class MirrorOptionsTests
{
    static readonly PretendPlaces Places = new();

    [Fact]
    public void One_place_a_list_or_places_by_their_names()
    {
        Read(("Chat:MirrorTo", "slack:T1/C1")).ShouldBe([new("Chat:MirrorTo", "", "slack:T1/C1", true)]);
        Read(("Chat:AlsoIn:0", "slack:T1/C1"), ("Chat:AlsoIn:1", "slack:T1/C2")).Select(each => (each.Setting, each.Name, each.IsByRule))
            .ShouldBe([("Chat:AlsoIn:0", "", false), ("Chat:AlsoIn:1", "", false)]);
        Read(("Chat:AlsoIn:Night shift", "slack:T1/C1")).ShouldBe([new("Chat:AlsoIn:Night shift", "Night shift", "slack:T1/C1", false)]);
        Read(("Chat:MirrorTo", "")).ShouldBeEmpty();
        Read().ShouldBeEmpty();
    }

    [Fact]
    public void What_has_no_name_is_called_by_its_chat() =>
        new MirrorPlaces(Microsoft.Extensions.Options.Options.Create(new MirrorOptions { Places = Read(("Chat:AlsoIn:0", "teams:a"), ("Chat:AlsoIn:1", "teams:b"), ("Chat:AlsoIn:2", "slack:c")) }), Places, new(new Office().Platforms), new([]))
            .Offered(new("slack", "home"), ["Teams 2"]).ShouldBe([new("Teams", false), new("Teams 2", true), new("Slack", false)]);

    [Fact]
    public void What_has_no_name_takes_none_that_is_given_to_another() =>
        new MirrorPlaces(Microsoft.Extensions.Options.Options.Create(new MirrorOptions { Places = Read(("Chat:MirrorTo", "teams:a"), ("Chat:AlsoIn:teams", "teams:b"), ("Chat:AlsoIn:Slack", "slack:c")) }), Places, new([]), new([]))
            .Named.ShouldBe([("Teams 2", new("teams", "a")), ("teams", new("teams", "b")), ("Slack", new("slack", "c"))], ignoreOrder: true);

    [Fact]
    public void What_is_wrong_is_named()
    {
        Wrong(("Chat:AlsoIn:Yard", "nowhere")).ShouldStartWith("Chat:AlsoIn:Yard must be a channel: its link in Teams");
        Wrong(("Chat:AlsoIn:Yard", "slack:a"), ("Chat:MirrorTo:yard", "slack:b")).ShouldBe("Chat:MirrorTo:yard and Chat:AlsoIn:Yard have the same name: give each place a name of its own.");
        Wrong(($"Chat:AlsoIn:{new string('x', 61)}", "slack:a")).ShouldEndWith("has a name of more than 60 characters: dialogs show no more.");
        Wrong([.. Enumerable.Range(0, Decider.MostMirrors + 1).Select(n => ($"Chat:MirrorTo:{n}", "slack:a"))]).ShouldBe("Chat:MirrorTo names more than 5 places: no dispatch is shown in more.");
        Wrong([.. Enumerable.Range(0, 11).Select(n => ($"Chat:AlsoIn:{n}", "slack:a"))]).ShouldBe("Chat:AlsoIn names more than 10 places: dialogs show no more.");
        new MirrorOptionsValidator(Places).Validate(null, new() { Places = Read(("Chat:AlsoIn:Yard", "slack:a")) }).Succeeded.ShouldBeTrue();
    }

    static string Wrong(params (string, string)[] settings) => new MirrorOptionsValidator(Places).Validate(null, new() { Places = Read(settings) }).FailureMessage.ShouldNotBeNull();

    static IReadOnlyList<WrittenPlace> Read(params (string Name, string Value)[] settings) => MirrorOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create(each.Name, (string?)each.Value))).Build().GetSection("Chat"));
}
