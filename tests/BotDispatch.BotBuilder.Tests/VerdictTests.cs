using System.Text.Json.Nodes;
using BotDispatch.Tests.Adapters.Teams.Inbound;

namespace BotDispatch.BotBuilder.Tests;

/// <summary>Our answers to good and forged tokens beside those of the Bot Framework SDK's own adapter.</summary>
public sealed class VerdictTests
{
    // Its clock is the machine's: what is at the edge of its time must stay there while this runs.
    const int Edge = 120;

    const string Stricter = "stricter here";
    const string Known = "refused by both; 403 says here that the caller is known and may not do this";
    const string Thrown = "refused by both; the package leaves its exception to the web server";

    /// <summary>Every token to which the two answer with another status.</summary>
    static readonly SortedDictionary<string, (int Ours, int Theirs, string Because)> Differences = new(StringComparer.Ordinal)
    {
        ["another channel"] = (403, 200, "stricter here: only Teams is served"),
        ["another tenant"] = (403, 200, "stricter here: only the tenant of Teams:TenantId is served"),
        ["no tenant"] = (403, 200, "stricter here: only the tenant of Teams:TenantId is served"),
        ["a list of service addresses"] = (403, 200, Stricter),
        ["a service address without encryption"] = (403, 200, Stricter),
        ["a short key"] = (401, 200, Stricter),
        ["a stranger's service address"] = (403, 200, Stricter),
        ["RS512"] = (401, 200, Stricter),
        ["the emulator's"] = (401, 200, Stricter),
        ["a key for no channel"] = (403, 401, Known),
        ["a key that says nothing of channels"] = (403, 401, Known),
        ["an empty service address"] = (403, 401, Known),
        ["an unendorsed channel"] = (403, 401, Known),
        ["another channel's key"] = (403, 401, Known),
        ["another service address"] = (403, 401, Known),
        ["another spelling of the channel"] = (403, 401, Known),
        ["no service address"] = (403, 401, Known),
        ["one slash less"] = (403, 401, Known),
        ["no service address on either side"] = (403, 500, Thrown),
        ["a foreign key"] = (401, 500, Thrown),
        ["alg none"] = (401, 500, Thrown),
        ["an end before its beginning"] = (401, 500, Thrown),
        ["half a signature"] = (401, 500, Thrown),
        ["HS256 with the public key"] = (401, 500, Thrown),
        ["no end"] = (401, 500, Thrown),
        ["no signature"] = (401, 500, Thrown),
        ["no token at all"] = (401, 500, Thrown),
        ["not yet valid"] = (401, 500, Thrown),
        ["other claims under the signature"] = (401, 500, Thrown),
        ["two parts"] = (401, 500, Thrown),
    };

    [Fact]
    public async Task Nothing_is_taken_that_the_package_refuses_and_every_other_answer_is_named_with_its_reason()
    {
        await using var bots = await BothBots.StartAsync();
        var corpus = TokenCorpus.All(bots.Issuer, Edge);
        var different = new SortedDictionary<string, (int Ours, int Theirs)>(StringComparer.Ordinal);
        foreach (var (name, request) in corpus)
        {
            var activity = Activity(bots, request);
            var ours = (await bots.OursAsync(activity, request.Authorization)).Status;
            var theirs = (await bots.TheirsAsync(activity, request.Authorization)).Status;
            ours.ShouldBe(request.Status, name);
            if (ours != theirs)
                different.Add(name, (ours, theirs));
        }
        different.Where(each => each.Value.Ours == 200).Select(each => each.Key).ShouldBeEmpty("we are laxer than the package");
        different.Select(each => $"{each.Key}: {each.Value.Ours}, {each.Value.Theirs}").ShouldBe(Differences.Select(each => $"{each.Key}: {each.Value.Ours}, {each.Value.Theirs}"));
        // That both were asked at all.
        corpus.Values.Count(each => each.Status == 200).ShouldBeGreaterThan(4);
        corpus.Count.ShouldBeGreaterThan(different.Count + 20);
    }

    static JsonObject Activity(BothBots bots, TokenCase request) => bots.Activity("message-personal", body =>
    {
        (body["channelId"], body["serviceUrl"]) = (request.Channel, request.ServiceUrl);
        (body["conversation"]!["tenantId"], body["channelData"]!["tenant"]!["id"]) = (request.Tenant, request.Tenant);
    });
}
