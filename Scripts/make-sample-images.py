#!/usr/bin/env python3
"""Makes the images that the tests read, in Tests/TestSupport/Images. Needs Pillow 10 or later.

They are synthetic. Every byte sequence that must not come through begins with PLANTED.
"""
import io
import random
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw, ImageOps, PngImagePlugin

OUT = Path(__file__).resolve().parent.parent / "Tests/TestSupport/Images"
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (40, 60, 200), (220, 200, 40)


def quarters(width, height):
    """Red and green above, blue and yellow below: every turn and mirror image is told apart."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    half_width, half_height = width // 2, height // 2
    for box, colour in [
        ((0, 0), RED), ((half_width, 0), GREEN), ((0, half_height), BLUE), ((half_width, half_height), YELLOW),
    ]:
        draw.rectangle([*box, box[0] + half_width, box[1] + half_height], fill=colour)
    return image


def save(name, image, **options):
    buffer = io.BytesIO()
    image.save(buffer, **options)
    (OUT / name).write_bytes(buffer.getvalue())
    return buffer.getvalue()


def exif(orientation=1, planted=True):
    data = Image.Exif()
    data[0x0112] = orientation
    if planted:
        data[0x010F], data[0x0110] = "PLANTEDmaker", "PLANTEDmodel"
        data[0x013B] = "PLANTEDartist"
        # 53° 33' 1.23" N, 9° 59' 4.56" E
        data._ifds[0x8825] = {
            1: "N", 2: (53.0, 33.0, 1.23), 3: "E", 4: (9.0, 59.0, 4.56), 27: b"ASCII\0\0\0PLANTEDgps", 29: "2026:05:01",
        }
        data._ifds[0x8769] = {0x9003: "2026:05:01 12:34:56", 0x9286: b"ASCII\0\0\0PLANTEDcomment", 0xA431: "PLANTEDserial"}
    return data.tobytes()


def profile():
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Without the time of its making, every run gives the same files.
    return icc[:24] + bytes(12) + icc[36:] + b"PLANTEDprofile"


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def orientations():
    turn = Image.Transpose
    inverse = {
        1: None, 2: turn.FLIP_LEFT_RIGHT, 3: turn.ROTATE_180, 4: turn.FLIP_TOP_BOTTOM, 5: turn.TRANSPOSE,
        6: turn.ROTATE_90, 7: turn.TRANSVERSE, 8: turn.ROTATE_270,
    }
    for number, method in inverse.items():
        upright = quarters(48, 32)
        stored = upright if method is None else upright.transpose(method)
        data = save(f"orientation-{number}.jpg", stored, format="JPEG", quality=90, exif=exif(number, planted=False))
        seen = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        assert seen.size == (48, 32) and seen.getpixel((4, 4))[0] > 150 and seen.getpixel((44, 4))[1] > 120


def planted():
    data = save(
        "phone.jpg", quarters(640, 480), format="JPEG", quality=80, exif=exif(6), icc_profile=profile(),
        comment=b"PLANTEDremark", xmp=b"<x:xmpmeta>PLANTEDxmp</x:xmpmeta>")
    iptc = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", 18) + b"\x1c\x02\x78\0\x0dPLANTEDiptc.."
    maker = segment(0xE7, b"PLANTEDapplication")
    (OUT / "phone.jpg").write_bytes(data[:2] + segment(0xED, iptc) + maker + data[2:] + b"PLANTEDtrailing" * 9)

    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "PLANTEDtext")
    texts.add_text("Zipped", "PLANTEDzipped " * 20, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", "PLANTEDxmp")
    data = save("texts.png", quarters(64, 48), format="PNG", pnginfo=texts, exif=exif(3), icc_profile=profile())
    private = chunk(b"prVt", b"PLANTEDprivate")
    (OUT / "texts.png").write_bytes(data[:33] + private + data[33:] + b"PLANTEDtrailing")

    data = save(
        "metadata.webp", quarters(64, 48), format="WEBP", quality=80, exif=b"Exif\0\0" + exif(8)[6:],
        icc_profile=profile(), xmp=b"PLANTEDxmp")
    (OUT / "metadata.webp").write_bytes(data + b"PLANTEDtrailing")
    data = save("comment.gif", quarters(64, 48), format="GIF", comment=b"PLANTEDremark")
    (OUT / "comment.gif").write_bytes(data + b"PLANTEDtrailing")


def noise():
    """A picture whose compressed bytes are like no other's."""
    values = random.Random(7)
    save("noise.jpg", Image.frombytes("RGB", (160, 120), values.randbytes(160 * 120 * 3)), format="JPEG", quality=50)


def forms():
    save("progressive.jpg", quarters(64, 48), format="JPEG", progressive=True)
    save("grey.jpg", quarters(64, 48).convert("L"), format="JPEG")
    save("cmyk.jpg", quarters(64, 48).convert("CMYK"), format="JPEG")
    deep = Image.new("I;16", (64, 48))
    deep.putdata([min(65535, x * 1024) for y in range(48) for x in range(64)])
    save("sixteen.png", deep, format="PNG")
    faded = quarters(64, 48).convert("RGBA")
    faded.paste((0, 0, 0, 0), (0, 0, 32, 24))
    save("alpha.png", faded, format="PNG")
    save("alpha.webp", faded, format="WEBP", lossless=True)
    palette = quarters(64, 48).quantize(8)
    save("palette.png", palette, format="PNG", transparency=palette.getpixel((2, 2)))
    save("palette.gif", palette, format="GIF", transparency=palette.getpixel((2, 2)))
    save("colour-key.png", quarters(64, 48), format="PNG", transparency=RED)
    frames = [quarters(16, 16), quarters(16, 16).transpose(Image.Transpose.ROTATE_90)]
    for name, kind in [("animated.gif", "GIF"), ("animated.webp", "WEBP"), ("animated.png", "PNG")]:
        save(name, frames[0], format=kind, save_all=True, append_images=frames[1:], duration=100)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    orientations()
    planted()
    noise()
    forms()
    for path in sorted(OUT.iterdir()):
        print(path.stat().st_size, path.name)
