using BotDispatch.Chat;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Tests.Chat;

public sealed class FormIdsTests
{
    readonly ManualClock clock = new();
    readonly FormIds ids;

    public FormIdsTests() => ids = new(new EphemeralDataProtectionProvider(), clock);

    [Fact]
    public void A_dialog_in_which_a_list_is_chosen_expires_when_it_would_have()
    {
        var opened = ids.Open("slack", "d1", isFreeText: false);
        clock.Advance(FormIds.Life - TimeSpan.FromMinutes(1));
        var chosen = ids.WithList("slack", opened, "lifts");
        var read = ids.Read("slack", chosen.Id).ShouldNotBeNull();
        (read.List, read.ExpiresAt, read.IsFreeText).ShouldBe(("lifts", opened.ExpiresAt, false));
        ids.IsExpired(read).ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));
        ids.IsExpired(ids.WithList("slack", read, null)).ShouldBeTrue();
    }
}
