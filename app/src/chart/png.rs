//! A picture of dots, made here of the same drawing, with the font that ships: the machine's fonts are
//! none of a citation's business.

use super::fonts::{ARABIC, BOLD, REGULAR};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};

/// Dots for each unit of the drawing: sharp on paper.
const SCALE: f32 = 2.0;

/// No picture is larger, in dots each way: memory is not for whoever asks for the longest list.
const MOST: f32 = 12_000.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in [REGULAR, BOLD, ARABIC] {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// The drawing as PNG; none where it cannot be drawn.
pub(crate) fn png(svg: &str) -> Option<Vec<u8>> {
    let options = Options {
        font_family: "Noto Sans".to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size();
    let scale = SCALE.min(MOST / size.width()).min(MOST / size.height());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 1 and 12,000.
    let dots = |length: f32| ((length * scale).ceil() as u32).max(1);
    let mut picture = Pixmap::new(dots(size.width()), dots(size.height()))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    picture.encode_png().ok()
}
